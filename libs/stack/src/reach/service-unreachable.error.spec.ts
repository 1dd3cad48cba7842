import { ServiceUnreachableError } from './service-unreachable.error';

it.each([
  ['postgres://me:hunter2@db:5432/fiction', 'postgres://***@db:5432/fiction'],
  ['postgres://me:hun@ter/2?x@db/fiction', 'postgres://***@db/fiction'],
  ['postgres://db/fiction?user=me&password=hunter2&sslmode=require', '?user=me&password=***&sslmode=require'],
  ['postgres://me@%2Frun%2Fpostgresql:5432/fiction', 'postgres://***@%2Frun%2Fpostgresql:5432/fiction'],
  ['redis://redis:6379/2?password=hunter2&db=1', 'redis://redis:6379/2?password=***&db=1'],
  ['unix:///run/redis.sock?Password=hunter2', 'unix:///run/redis.sock?Password=***'],
  ['nats://hunter2@nats:4222', 'nats://***@nats:4222'],
  ['nats://me:hunter2@one:4222,nats://me:hunter2@two:4222', 'nats://***@two:4222'],
  ['nats://127.0.0.1:4222', 'nats://127.0.0.1:4222'],
])('shows %s without its secrets', (url, shown) => {
  const { message } = new ServiceUnreachableError('A_URL', url, 'nobody answers');
  expect(message).toContain(`${shown}, but nobody answers`);
  expect(message).not.toContain('hunter2');
  expect(message).not.toContain('ter/2');
});
