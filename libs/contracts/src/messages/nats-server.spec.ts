import { isNatsUrl, natsServer } from './nats-server';

it.each([
  ['nats://127.0.0.1:4222', { servers: ['127.0.0.1:4222'] }],
  ['nats://nats', { servers: ['nats'] }],
  ['nats://[::1]:4222', { servers: ['[::1]:4222'] }],
  ['nats://me:s%40e%3Acret@nats:4222', { servers: ['nats:4222'], user: 'me', pass: 's@e:cret' }],
  ['tls://t0k%2Fn@nats:4222', { servers: ['nats:4222'], token: 't0k/n', tls: {} }],
  ['nats://one:4222,nats://two:4222', { servers: ['one:4222', 'two:4222'] }],
  ['nats://me:a,b@one, two:4223', { servers: ['one', 'two:4223'], user: 'me', pass: 'a,b' }],
  ['tls://me:salt@one,tls://me:salt@two', { servers: ['one', 'two'], user: 'me', pass: 'salt', tls: {} }],
])('reads %s', (url, expected) => {
  expect(natsServer(url)).toEqual(expected);
  expect(isNatsUrl(url)).toBe(true);
});

it.each([
  '',
  'nats',
  'http://nats',
  'nats://',
  'nats://one,http://two',
  'nats://one:port',
  'nats://me:%zz@nats',
  'nats://one,',
])('takes %j for none', (text) => expect(isNatsUrl(text)).toBe(false));
