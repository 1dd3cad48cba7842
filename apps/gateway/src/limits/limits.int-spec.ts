import { auditRecorded, MAX_BRIEF_BYTES } from '@fiction/contracts';
import { Database } from '@fiction/platform';
import { io, type Socket } from 'socket.io-client';
import { ADMIN_TOKEN, startGateway, type TestGateway } from '../gateway.fixture';
import { MAX_BODY_BYTES } from './body-parsers';

const PER_MINUTE = 8;
const FAILURES = 5;

let gateway: TestGateway;
const sockets: Socket[] = [];
beforeEach(async () => {
  // Redis is not there: the addresses of the fixture lead nowhere.
  gateway = await startGateway({ requestsPerMinute: PER_MINUTE, failedLoginsPerMinute: FAILURES });
});
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.disconnect();
  await gateway.stop();
});

const get = (token: string | null = ADMIN_TOKEN, path = '/api/nothing') => gateway.call(path, { token });
const statuses = async (calls: Promise<Response>[]) => (await Promise.all(calls)).map(({ status }) => status);
const times = <T>(count: number, make: () => T): T[] => Array.from({ length: count }, () => make());

async function connected(token: string): Promise<string> {
  const socket = io(`${gateway.url}/fiction`, { transports: ['websocket'], reconnection: false, auth: { token } });
  sockets.push(socket);
  return new Promise((resolve) => {
    socket.once('connect', () => resolve('connected'));
    socket.once('connect_error', (error: Error & { data?: { code?: string } }) =>
      resolve(error.data?.code ?? error.message),
    );
  });
}

describe('a token', () => {
  it('has so many requests a minute, is told how many are left, and when to come again', async () => {
    const first = await get();
    expect(first.status).toBe(404);
    expect(first.headers.get('ratelimit-policy')).toBe(`${PER_MINUTE};w=60`);
    expect(first.headers.get('ratelimit-limit')).toBe(String(PER_MINUTE));
    expect(first.headers.get('ratelimit-remaining')).toBe(String(PER_MINUTE - 1));
    expect(new Set(await statuses(times(PER_MINUTE - 1, get)))).toEqual(new Set([404]));
    const refused = await get();
    expect(refused.status).toBe(429);
    expect(refused.headers.get('content-type')).toBe('application/problem+json');
    expect(refused.headers.get('ratelimit-remaining')).toBe('0');
    const after = Number(refused.headers.get('retry-after'));
    expect(after).toBeGreaterThan(0);
    expect(after).toBeLessThanOrEqual(60);
    expect(refused.headers.get('ratelimit-reset')).toBe(String(after));
    expect(await refused.json()).toMatchObject({ code: 'RATE_LIMITED', status: 429 });
    expect((await get(await gateway.tokenOf('viewer'))).status).toBe(404);
  });

  it('is not limited where health and numbers are asked for', async () => {
    await statuses(times(PER_MINUTE + 1, get));
    const proxied = { 'x-forwarded-for': '203.0.113.7' };
    for (const path of ['/healthz', '/readyz', '/metrics']) {
      const calls = times(PER_MINUTE + 1, () => gateway.call(path, { headers: proxied }));
      expect(new Set(await statuses(calls))).toEqual(new Set([200]));
    }
  });

  it.each([
    ['a message that cannot be read', 'subscribe', { problem: { code: 'INPUT_INVALID' } }, {}],
    ['the end of a subscription', 'unsubscribe', { ok: true }, { planId: 'p' }],
    ['an event that there is not', 'bogus', { problem: { code: 'EVENT_UNKNOWN' } }, {}],
  ])('spends the same requests over sockets, for %s too', async (_what, event, answer, message) => {
    const token = await gateway.tokenOf('viewer');
    expect(await connected(token)).toBe('connected');
    const [socket] = sockets;
    const ask = () => socket!.timeout(5_000).emitWithAck(event, message) as Promise<object>;
    for (let asked = 1; asked < PER_MINUTE; asked += 1) {
      expect(await ask()).toMatchObject(answer);
    }
    expect(await ask()).toMatchObject({ problem: { code: 'RATE_LIMITED', status: 429 } });
    expect(await connected(token)).toBe('RATE_LIMITED');
    expect((await get(token)).status).toBe(429);
  });

  it('that writes beyond its limit is in the audit trail once a minute', async () => {
    await statuses(times(PER_MINUTE, get));
    await statuses(times(5, () => gateway.call('/api/access/tokens', { method: 'POST' })));
    const rows = await gateway.app
      .get(Database)
      .query<{ code: string }>(`SELECT body ->> 'code' AS code FROM outbox WHERE subject = $1`, [
        auditRecorded.subject,
      ]);
    expect(rows).toEqual([{ code: 'RATE_LIMITED' }]);
  });
});

describe('an address', () => {
  it.each([
    ['none', null],
    ['a wrong one', 'fw_wrong-token-wrong-token'],
  ])(
    'from which too many come with %s instead of a good token is not listened to, but for who was there',
    async (_n, bad) => {
      const [familiar, strange] = [await gateway.tokenOf('viewer'), await gateway.tokenOf('viewer')];
      await get(familiar);
      for (let tried = 0; tried < FAILURES; tried += 1) expect((await get(bad)).status).toBe(401);
      const refused = await get(bad);
      expect(refused.status).toBe(429);
      expect(await refused.json()).toMatchObject({ code: 'RATE_LIMITED' });
      expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
      expect((await get(strange)).status).toBe(429);
      expect(await connected(strange)).toBe('RATE_LIMITED');
      expect((await get(familiar)).status).toBe(404);
      expect((await gateway.call('/healthz', { token: null })).status).toBe(200);
      expect((await gateway.call('/metrics', { token: null })).status).toBe(200);
    },
  );

  it('is the same for sockets, and a token that is revoked is familiar no longer', async () => {
    const { id, token } = await gateway.issue({ name: 'gone', role: 'viewer' });
    await get(token);
    await gateway.register.revoke(id);
    for (let tried = 0; tried < FAILURES; tried += 1) expect(await connected(token)).toBe('TOKEN_INVALID');
    expect((await get(token)).status).toBe(429);
  });
});

describe('a body', () => {
  const post = (path: string, type: string, bytes: number) =>
    gateway.call(path, {
      method: 'POST',
      headers: { 'content-type': type },
      body: type === 'text/markdown' ? 'x'.repeat(bytes) : JSON.stringify({ name: 'x'.repeat(bytes - 11) }),
    });
  const codeOf = async (response: Response) => ((await response.json()) as { code: string }).code;

  it('that is no brief may have 256 KB and not a byte more', async () => {
    expect(await codeOf(await post('/api/access/tokens', 'application/json', MAX_BODY_BYTES))).toBe('INPUT_INVALID');
    const refused = await post('/api/access/tokens', 'application/json', MAX_BODY_BYTES + 1);
    expect(refused.status).toBe(413);
    expect(await refused.json()).toMatchObject({ code: 'BODY_TOO_LARGE', detail: expect.stringContaining('256000') });
  });

  it.each(['application/json', 'text/markdown'])(
    'that is a brief in %s may have as much as a brief may',
    async (type) => {
      expect(await codeOf(await post('/api/fiction/plans', type, MAX_BRIEF_BYTES))).toBe('BRIEF_INVALID');
      expect(await codeOf(await post('/api/fiction/plans/', type, MAX_BRIEF_BYTES + 1))).toBe('BODY_TOO_LARGE');
    },
  );
});

describe('another site', () => {
  const origin = { origin: 'https://elsewhere.example' };
  const allowed = (response: Response) =>
    [...response.headers.keys()].filter((name) => name.startsWith('access-control'));

  it.each(['/api/fiction/plans', '/api/nothing', '/healthz', '/api/docs-json', '/socket.io/?EIO=4&transport=polling'])(
    'may not read %s, and its preflight gets nothing',
    async (path) => {
      expect(allowed(await gateway.call(path, { headers: origin }))).toEqual([]);
      const headers = { ...origin, 'access-control-request-method': 'POST', 'access-control-request-headers': 'x' };
      const preflight = await gateway.call(path, { method: 'OPTIONS', token: null, headers });
      expect(allowed(preflight)).toEqual([]);
      expect(preflight.status).toBeGreaterThanOrEqual(400);
    },
  );
});
