import { startTestNats, until, type TestNats } from '@fiction/testing';
import { durableConnection } from './bus.service';
import { firstConnection } from './first-connection';

let server: TestNats;
beforeAll(async () => (server = await startTestNats()));
afterAll(() => server.stop());

const NOBODY = 'nats://127.0.0.1:1';

it('says once what it waits for, and is there as soon as NATS is', async () => {
  const warn = jest.fn();
  await server.instance.stop();
  const connecting = firstConnection(durableConnection(server.url, 'planner'), { warn });
  await until('it is told of', () => warn.mock.calls.length > 0);
  await server.instance.start();
  await (await connecting).close();
  expect(warn.mock.calls).toEqual([[expect.stringMatching(/^NATS cannot be reached; trying again: .*REFUSED/)]]);
});

it.each([
  ['asks for TLS that there is not', (url: string) => url.replace('nats:', 'tls:'), /NATS_URL.*TLS/],
  ['has another password', (url: string) => url.replace('@', 'x@'), /NATS_URL.*password/],
])('gives up where the URL %s', async (_, changed, message) => {
  const connecting = firstConnection(durableConnection(changed(server.url), 'planner'), { warn: jest.fn() });
  await expect(connecting).rejects.toMatchObject({ code: 'NATS_REFUSED', message: expect.stringMatching(message) });
});

it('gives up where messages must be shorter than some of ours', async () => {
  const small = await startTestNats({ maxPayload: 65_536 });
  try {
    const connecting = firstConnection(durableConnection(small.url, 'planner'), { warn: jest.fn() });
    const message = expect.stringMatching(/NATS_URL.*max_payload is 65536 .* 1048576/);
    await expect(connecting).rejects.toMatchObject({ code: 'NATS_REFUSED', message });
  } finally {
    await small.stop();
  }
});

it('takes any server of the cluster that is there', async () => {
  const [user, host] = server.url.split('@');
  const url = `${user}@${NOBODY.slice('nats://'.length)},nats://${host}`;
  const connection = await firstConnection(durableConnection(url, 'planner'), { warn: jest.fn() });
  expect(connection.getServer()).toBe(host);
  await connection.close();
});
