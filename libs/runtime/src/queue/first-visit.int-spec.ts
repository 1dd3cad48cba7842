import { redisOptions } from '@fiction/platform';
import Redis from 'ioredis';
import { randomUUID } from 'node:crypto';
import { firstVisit } from './first-visit';

const url = (change: (url: URL) => void = () => undefined): string => {
  const changed = new URL(process.env.FICTION_TEST_REDIS_URL!);
  change(changed);
  return changed.toString();
};
const user = `test-${randomUUID()}`;
const as = (password: string) =>
  url((own) => {
    own.searchParams.set('username', user);
    own.searchParams.set('password', password);
  });

let redis: Redis;
const warn = jest.fn();
const visit = (address: string) => firstVisit(redisOptions(address), user, { warn });
beforeAll(async () => {
  redis = new Redis(redisOptions(url()));
});
afterAll(async () => {
  await redis.acl('DELUSER', user);
  await redis.quit();
});
beforeEach(async () => {
  warn.mockReset();
  await redis.acl('SETUSER', user, 'reset', 'on', '>salt', '~*', '&*', '+@all');
});

it('finds a Redis that lets us in', async () => {
  await visit(url());
  await visit(as('salt'));
  expect(warn).not.toHaveBeenCalled();
});

it('gives up at a Redis that does not, and says so without the password', async () => {
  const error: unknown = await visit(as('hunter2')).catch((problem: unknown) => problem);
  expect(error).toMatchObject({ code: 'REDIS_REFUSED', message: expect.stringMatching(/REDIS_URL.*WRONGPASS/) });
  expect(JSON.stringify([error, String((error as Error).stack)])).not.toContain('hunter2');
});

it.each([
  ['channels', ['resetchannels'], /channel/],
  ['scripts', ['-@scripting'], /eval/],
  ['keys', ['resetkeys', '~another:*'], /keys/],
])('gives up at a Redis that lets us in, and not do what the queue does: %s', async (_what, rules, said) => {
  await redis.acl('SETUSER', user, ...rules);
  const refused = { code: 'REDIS_REFUSED', message: expect.stringMatching(/REDIS_URL/) };
  await expect(visit(as('salt'))).rejects.toMatchObject(refused);
  await expect(visit(as('salt'))).rejects.toThrow(said);
});

it('gives up where there is no such database', async () => {
  const nowhere = visit(url((own) => own.searchParams.set('db', '9999')));
  await expect(nowhere).rejects.toMatchObject({ code: 'REDIS_REFUSED', message: expect.stringMatching(/DB index/) });
});

it('says what it waits for, and does not, where Redis is away', async () => {
  await visit('redis://127.0.0.1:1');
  expect(warn.mock.calls).toEqual([[expect.stringMatching(/^Redis is out of reach; trying again: .*ECONNREFUSED/)]]);
});
