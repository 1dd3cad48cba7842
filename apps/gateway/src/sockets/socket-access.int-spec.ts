import { listProgress } from '@fiction/contracts';
import { Database } from '@fiction/platform';
import { until } from '@fiction/testing';
import { io, type Socket } from 'socket.io-client';
import { ADMIN_TOKEN, startGateway, type TestGateway } from '../gateway.fixture';
import { severable } from '../severable-database.fixture';
import { DeafClient } from './deaf-client.fixture';
import type { FeedReply } from './feed.protocol';
import { CLOSED_EVENT } from './socket-access';

/** A socket outlives its token by less than this, in milliseconds: five seconds between two looks, three of memory. */
const BOUND_MS = 9_000;

let gateway: TestGateway;
let way: Awaited<ReturnType<typeof severable>>;
const sockets: Socket[] = [];
let deaf: DeafClient | undefined;
beforeAll(async () => {
  gateway = await startGateway({}, async (url) => (way = await severable(url)).url);
  gateway.services.on(listProgress, () => ({ events: [], lastSeq: 2 }));
});
afterEach(() => {
  for (const socket of sockets.splice(0)) socket.disconnect();
  deaf?.hangUp();
});
afterAll(async () => {
  await gateway.stop();
  await way.close();
});

/** Connects and waits for what comes of it: a socket, or the code of the refusal. */
async function connect(token: string): Promise<Socket | string> {
  const socket = io(`${gateway.url}/fiction`, { transports: ['websocket'], reconnection: false, auth: { token } });
  sockets.push(socket);
  return new Promise((resolve) => {
    socket.once('connect', () => resolve(socket));
    socket.once('connect_error', (error: Error & { data?: { code: string } }) => resolve(error.data!.code));
  });
}
const open = async (token: string) => (await connect(token)) as Socket;
const ends = (socket: Socket, withinMs = BOUND_MS) => until('the end of the socket', () => !socket.connected, withinMs);
const soon = () => new Date(Date.now() + 1_000).toISOString();

it('a viewer may watch a plan', async () => {
  const socket = await open(await gateway.tokenOf('viewer'));
  const question = { planId: 'viewed', afterSeq: 2 };
  const reply = (await socket.timeout(5_000).emitWithAck('subscribe', question)) as FeedReply;
  expect(reply).toEqual({ ok: true, lastSeq: 2 });
});

it('an event that there is not is answered with a problem, where an answer is waited for', async () => {
  const socket = await open(await gateway.tokenOf('viewer'));
  const refused = { ok: false, problem: { code: 'EVENT_UNKNOWN', status: 404 } };
  socket.emit('watch', { planId: 'viewed' });
  for (const sent of [[{ planId: 'viewed' }], [], [1, 'two', null]]) {
    expect(await socket.timeout(5_000).emitWithAck('watch', ...sent)).toMatchObject(refused);
  }
  const reply = (await socket.timeout(5_000).emitWithAck('unsubscribe', { planId: 'viewed' })) as FeedReply;
  expect(reply).toEqual({ ok: true });
});

it('a client that asks and reads no answer is let go, and keeps nobody else waiting', async () => {
  const watched = async () =>
    /^fiction_feed_subscriptions\S* (\d+)$/m.exec(await (await gateway.call('/metrics')).text())?.[1];
  const client = (deaf = await DeafClient.join(gateway.url, `40/fiction,${JSON.stringify({ token: ADMIN_TOKEN })}`));
  client.say('42/fiction,["subscribe",{"planId":"viewed","afterSeq":2}]');
  await until('the plan is watched', async () => (await watched()) === '1');
  client.deafen();
  const questions = Array.from({ length: 1_000 }, (_, id) => `42/fiction,${id}["nonsense"]`);
  await until(
    'nothing is kept for it',
    async () => {
      if (!client.say(...questions)) await client.said();
      return (await watched()) === '0';
    },
    20_000,
  );
  expect(await connect(ADMIN_TOKEN)).toHaveProperty('connected', true);
});

it('a token that is revoked closes the sockets it opened at once, which are told why, and no others', async () => {
  const { id, token } = await gateway.issue({ name: 'soon gone', role: 'viewer' });
  const [one, two, other] = await Promise.all([open(token), open(token), open(ADMIN_TOKEN)]);
  const told: unknown[] = [];
  for (const socket of [one, two, other]) socket.on(CLOSED_EVENT, (problem) => told.push(problem));
  await gateway.register.revoke(id);
  await Promise.all([ends(one, 1_000), ends(two, 1_000)]);
  const why = { code: 'TOKEN_INVALID', status: 401, detail: 'The access token is unknown, expired or revoked.' };
  expect(told).toMatchObject([why, why]);
  expect(other.connected).toBe(true);
  expect(await connect(token)).toBe('TOKEN_INVALID');
});

it('a token that is revoked on another replica closes the sockets it opened here', async () => {
  const replica = await gateway.another();
  const { id, token } = await gateway.issue({ name: 'soon gone', role: 'viewer' });
  const socket = await open(token);
  const headers = { authorization: `Bearer ${ADMIN_TOKEN}` };
  const revoked = await fetch(`${replica.url}/api/access/tokens/${id}/revoke`, { method: 'POST', headers });
  expect(revoked.status).toBe(200);
  await ends(socket);
  await replica.stop();
});

it('a token that expires closes the sockets it opened', async () => {
  const { token } = await gateway.issue({ name: 'short', role: 'viewer', expiresAt: soon() });
  await ends(await open(token));
  expect(await connect(token)).toBe('TOKEN_INVALID');
});

it('a token that expires while PostgreSQL is away closes them too; one that is good keeps them', async () => {
  const { token } = await gateway.issue({ name: 'short', role: 'viewer', expiresAt: soon() });
  const [short, long] = await Promise.all([open(token), open(ADMIN_TOKEN)]);
  way.cut();
  await ends(short);
  expect(long.connected).toBe(true);
  way.mend();
  const database = gateway.app.get(Database);
  await until('PostgreSQL is back', async () => database.query('SELECT 1').catch(() => undefined), 20_000);
});
