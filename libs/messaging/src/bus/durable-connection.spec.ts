import { loadConfig } from '@fiction/platform';
import type { INestApplication } from '@nestjs/common';
import { connectRequestServer } from '../requests/request-server';
import { durableConnection } from './bus.service';

const url = 'nats://me:s%40cret@nats:4222';
const credentials = { servers: ['nats:4222'], user: 'me', pass: 's@cret' };

it('has the credentials of the URL, which its client would not heed there', () => {
  expect(durableConnection(url, 'planner')).toMatchObject(credentials);
});

it('is also what the answering side connects by', () => {
  const app = { connectMicroservice: jest.fn() };
  const surroundings = { DATABASE_URL: 'postgres://127.0.0.1/none', REDIS_URL: 'redis://127.0.0.1', NATS_URL: url };
  connectRequestServer(app as unknown as INestApplication, loadConfig('planner', surroundings));
  expect(app.connectMicroservice.mock.calls[0][0].strategy.connection).toMatchObject(credentials);
});
