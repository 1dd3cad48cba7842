import { natsServer } from './nats-server';

it.each([
  ['nats://127.0.0.1:4222', { servers: '127.0.0.1:4222' }],
  ['nats://nats', { servers: 'nats' }],
  ['nats://[::1]:4222', { servers: '[::1]:4222' }],
  ['nats://me:s%40e%3Acret@nats:4222', { servers: 'nats:4222', user: 'me', pass: 's@e:cret' }],
  ['tls://t0k%2Fn@nats:4222', { servers: 'nats:4222', token: 't0k/n' }],
])('reads %s', (url, expected) => {
  expect(natsServer(url)).toEqual(expected);
});
