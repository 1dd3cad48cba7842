import { auditRecorded, createPlan, listAudit, type AuditRecord } from '@fiction/contracts';
import { Database } from '@fiction/platform';
import { until } from '@fiction/testing';
import { Logger } from '@nestjs/common';
import { hashOf } from '../tokens/token-secret';
import { ADMIN_TOKEN, startGateway, type TestGateway } from '../gateway.fixture';
import { severable } from '../severable-database.fixture';

let gateway: TestGateway;
let way: Awaited<ReturnType<typeof severable>>;
beforeAll(async () => {
  gateway = await startGateway({}, async (url) => (way = await severable(url)).url);
});
afterAll(async () => {
  await gateway.stop();
  await way.close();
});
beforeEach(async () => {
  gateway.services.clear();
  await gateway.app.get(Database).query('DELETE FROM outbox');
});

const BRIEF = '---\ntitle: T\nauthor: A\n---\nP\n';
const markdown = { 'content-type': 'text/markdown' };
const json = { 'content-type': 'application/json' };

/** What is in the audit trail now; telemetry is not there to take it out of the outbox. */
async function trail(): Promise<AuditRecord[]> {
  const sql = 'SELECT body FROM outbox WHERE subject = $1 ORDER BY position';
  const rows = await gateway.app.get(Database).query<{ body: AuditRecord }>(sql, [auditRecorded.subject]);
  return rows.map(({ body }) => auditRecorded.schema.parse(body));
}

const write = (path: string, body?: string, headers: Record<string, string> = json, token = ADMIN_TOKEN) =>
  gateway.call(path, { method: 'POST', headers, token, ...(body !== undefined && { body }) });

it('a write that was done is there before it is answered, with who, what, whence and which', async () => {
  gateway.services.on(createPlan, () => ({ planId: 'plan-1', created: true }));
  const { id, token } = await gateway.issue({ name: 'press', role: 'writer' });
  const response = await write('/api/fiction/plans', BRIEF, { ...markdown, 'x-correlation-id': 'my-id' }, token);
  expect(response.status).toBe(201);
  expect(await trail()).toEqual([
    {
      eventId: expect.any(String),
      occurredAt: expect.any(String),
      actor: { tokenId: id, name: 'press', role: 'writer' },
      method: 'POST',
      route: '/api/fiction/plans',
      targets: { planId: 'plan-1' },
      outcome: 'ok',
      status: 201,
      code: null,
      correlationId: 'my-id',
      remoteAddress: '127.0.0.1',
    },
  ]);
});

it('a write that was refused or failed is there too, wherever that was decided', async () => {
  const viewer = await gateway.tokenOf('viewer');
  await write('/api/fiction/plans', BRIEF, markdown, viewer);
  await write('/api/fiction/plans', BRIEF, markdown);
  await write('/api/fiction/plans', 'x'.repeat(5_000_000), markdown);
  await write('/api/access/tokens', '{"name": ');
  await write('/api/access/tokens', '{"name": ""}');
  await write('/api/access/tokens/gone/revoke');
  await gateway.call('/api/nothing', { method: 'DELETE' });
  const seen = (await trail()).map(({ route, targets, outcome, status, code }) => ({
    ...{ route, targets, outcome, status, code },
  }));
  const plans = { route: '/api/fiction/plans', targets: {} };
  const tokens = { route: '/api/access/tokens', targets: {}, outcome: 'refused', status: 400 };
  const revoke = { route: '/api/access/tokens/{tokenId}/revoke', targets: { tokenId: 'gone' } };
  expect(seen).toEqual([
    { ...plans, outcome: 'refused', status: 403, code: 'ROLE_INSUFFICIENT' },
    { ...plans, outcome: 'failed', status: 503, code: 'SERVICE_UNAVAILABLE' },
    { ...plans, outcome: 'refused', status: 413, code: 'BODY_TOO_LARGE' },
    { ...tokens, code: 'BODY_UNREADABLE' },
    { ...tokens, code: 'INPUT_INVALID' },
    { ...revoke, outcome: 'refused', status: 404, code: 'TOKEN_NOT_FOUND' },
    { route: '(none)', targets: {}, outcome: 'refused', status: 404, code: 'ROUTE_NOT_FOUND' },
  ]);
});

it('reading is not there, and neither is who has no good token', async () => {
  await gateway.call('/api/fiction/plans');
  await gateway.call('/api/access/tokens');
  await gateway.call('/api/access/tokens', { method: 'OPTIONS' });
  for (const token of [null, 'fw_wrong-token-wrong-token']) {
    await gateway.call('/api/access/tokens', { method: 'POST', token });
  }
  expect(await trail()).toEqual([]);
});

it('no token, hash or body is there, not even where somebody put one in the address', async () => {
  const response = await write('/api/access/tokens', '{"name":"secretive","role":"writer"}');
  const { id, token } = (await response.json()) as { id: string; token: string };
  await write(`/api/access/tokens/${token}/revoke`, undefined, { 'x-correlation-id': token });
  await write(`/api/access/tokens/${ADMIN_TOKEN}/revoke`);
  await write('/api/fiction/plans', BRIEF.replace('title: T', 'title: Lamp'), markdown);
  const records = await trail();
  expect(records.map(({ targets }) => targets)).toEqual([
    { tokenId: id },
    { tokenId: 'fw_hidden' },
    { tokenId: 'hidden' },
    {},
  ]);
  const [outbox] = await gateway.app
    .get(Database)
    .query<{ text: string }>(`SELECT json_agg(o)::text AS text FROM outbox o`);
  for (const secret of [token, hashOf(token), ADMIN_TOKEN, hashOf(ADMIN_TOKEN), 'secretive', 'Lamp', 'Bearer']) {
    expect(outbox!.text).not.toContain(secret);
  }
});

describe('while PostgreSQL', () => {
  let errors: jest.SpyInstance;
  beforeEach(async () => {
    errors = jest.spyOn(Logger.prototype, 'error').mockImplementation(() => undefined);
    // The token is known to be good for the next seconds.
    await gateway.call('/api/nothing');
  });
  afterEach(async () => {
    way.mend();
    errors.mockRestore();
    const database = gateway.app.get(Database);
    await until('PostgreSQL is back', async () => database.query('SELECT 1').catch(() => undefined), 20_000);
  });
  /** What the machine takes for anything just now, ten times over. */
  const busyMs = async () => {
    const began = performance.now();
    await gateway.call('/api/nothing');
    return 10 * (performance.now() - began);
  };
  const logged = () =>
    errors.mock.calls.map(([text]: unknown[]) => String(text)).filter((text) => text.includes('audit trail'));

  it.each([
    ['is away', () => way.cut()],
    ['does not answer', () => way.stop()],
  ])('%s, a write is answered soon all the same, and its record is in the log', async (_name, lose) => {
    const busy = await busyMs();
    lose();
    const began = performance.now();
    const response = await write('/api/fiction/plans', BRIEF, markdown);
    expect(performance.now() - began).toBeLessThan(4_000 + busy);
    expect(response.status).toBe(503);
    await until('the record is in the log', () => logged().length > 0);
    expect(logged()).toHaveLength(1);
    expect(logged()[0]).toContain('"route":"/api/fiction/plans"');
    expect(logged()[0]).not.toContain(ADMIN_TOKEN);
  });

  it('is away, a write that needs it is refused as such, soon', async () => {
    const busy = await busyMs();
    way.cut();
    const began = performance.now();
    const response = await write('/api/access/tokens', '{"name":"n","role":"viewer"}');
    expect(performance.now() - began).toBeLessThan(4_000 + busy);
    expect(await response.json()).toMatchObject({ status: 503, code: 'SERVICE_UNAVAILABLE' });
    await until('the record is in the log', () => logged().length > 0);
    expect(logged()).toHaveLength(1);
  });
});

describe('GET /api/access/audit', () => {
  it('asks telemetry, with every filter', async () => {
    gateway.services.on(listAudit, () => ({ items: [], nextCursor: 'next' }));
    const query = 'limit=3&cursor=c&planId=p&actor=press&outcome=refused&since=2026-01-01T02:00:00%2B02:00';
    const response = await gateway.call(`/api/access/audit?${query}`);
    expect(await response.json()).toEqual({ items: [], nextCursor: 'next' });
    expect(gateway.services.asked[0]?.question).toEqual({
      limit: 3,
      cursor: 'c',
      planId: 'p',
      actor: 'press',
      outcome: 'refused',
      since: '2026-01-01T00:00:00.000Z',
    });
  });

  it.each([
    ...['outcome=maybe', 'since=yesterday', 'actor=', 'who=me'],
    ...['since=0000-01-01T00:00:00Z', 'since=0001-01-01T00:00:00%2B23:59'],
  ])('refuses ?%s by name', async (query) => {
    const response = await gateway.call(`/api/access/audit?${query}`);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ errors: [{ field: query.split('=')[0] }] });
  });
});
