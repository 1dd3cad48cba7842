import { Database } from '@fiction/platform';
import { until } from '@fiction/testing';
import { hashOf } from './token-secret';
import { ADMIN_TOKEN, startGateway, type TestGateway } from '../gateway.fixture';
import type { CreatedToken, TokenView } from './token.dto';

let gateway: TestGateway;
beforeAll(async () => (gateway = await startGateway()));
afterAll(() => gateway.stop());

const TOKENS = '/api/access/tokens';
const json = { 'content-type': 'application/json' };
const post = (body: unknown, headers: Record<string, string> = {}) =>
  gateway.call(TOKENS, { method: 'POST', body: JSON.stringify(body), headers: { ...json, ...headers } });
async function make(body: unknown): Promise<CreatedToken & { token: string }> {
  const response = await post(body);
  const made = (await response.json()) as CreatedToken & { token: string };
  expect({ status: response.status, made }).toMatchObject({ status: 201, made: { created: true } });
  return made;
}
const revoke = (id: string, token = ADMIN_TOKEN) => gateway.call(`${TOKENS}/${id}/revoke`, { method: 'POST', token });
async function list(query = ''): Promise<{ items: TokenView[]; nextCursor: string | null }> {
  const response = await gateway.call(`${TOKENS}${query}`);
  expect(response.status).toBe(200);
  return (await response.json()) as { items: TokenView[]; nextCursor: string | null };
}
const tomorrow = () => new Date(Date.now() + 86_400_000).toISOString();

async function everyToken(limit: number): Promise<TokenView[]> {
  const items: TokenView[] = [];
  for (let cursor: string | null = ''; cursor !== null;) {
    const page: Awaited<ReturnType<typeof list>> = await list(`?limit=${limit}${cursor && `&cursor=${cursor}`}`);
    items.push(...page.items);
    cursor = page.nextCursor;
  }
  return items;
}

describe('POST /api/access/tokens', () => {
  it('makes a token that opens what its role may, and shows it this once', async () => {
    const expiresAt = tomorrow();
    const response = await post({ name: '  the press ', role: 'writer', expiresAt });
    expect(response.status).toBe(201);
    expect(response.headers.get('cache-control')).toBe('no-store');
    const made = (await response.json()) as CreatedToken & { token: string };
    expect(made).toEqual({
      id: expect.any(String),
      name: 'the press',
      role: 'writer',
      expiresAt,
      token: expect.stringMatching(/^fw_[\w-]{43}$/),
      created: true,
    });
    expect((await gateway.call('/api/fiction/plans', { method: 'POST', token: made.token })).status).toBe(415);
    expect((await gateway.call(TOKENS, { token: made.token })).status).toBe(403);
    expect(JSON.stringify(await list())).not.toContain(made.token);
  });

  const bad: [string, unknown, string][] = [
    ['no name', { role: 'viewer' }, 'name'],
    ['a blank name', { name: '   ', role: 'viewer' }, 'name'],
    ['a name without end', { name: 'n'.repeat(101), role: 'viewer' }, 'name'],
    ['a name with a line break', { name: 'a\nb', role: 'viewer' }, 'name'],
    ['a name that is a token', { name: 'fw_0123456789abcdef', role: 'viewer' }, 'name'],
    ['a role that there is not', { name: 'n', role: 'root' }, 'role'],
    ['an end in the past', { name: 'n', role: 'viewer', expiresAt: '2020-01-01T00:00:00Z' }, 'expiresAt'],
    ['an end that is no time', { name: 'n', role: 'viewer', expiresAt: 'tomorrow' }, 'expiresAt'],
    ['an end after the year 9999', { name: 'n', role: 'viewer', expiresAt: '9999-12-31T23:59:59-12:00' }, 'expiresAt'],
    ['an end that is no text', { name: 'n', role: 'viewer', expiresAt: 5 }, 'expiresAt'],
    ['an unknown field', { name: 'n', role: 'viewer', id: 'mine' }, 'id'],
    ['a list', [], '(whole)'],
  ];
  it.each(bad)('refuses %s by name, and makes nothing', async (_name, body, field) => {
    const before = (await everyToken(200)).length;
    const response = await post(body);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ code: 'INPUT_INVALID', errors: [{ field }] });
    expect(await everyToken(200)).toHaveLength(before);
  });

  it('makes one token for one Idempotency-Key, even at the same moment, and shows it once', async () => {
    const headers = { 'idempotency-key': 'once' };
    const body = { name: 'once', role: 'viewer' };
    const responses = await Promise.all([1, 2, 3, 4].map(() => post(body, headers)));
    const answers = (await Promise.all(responses.map((response) => response.json()))) as CreatedToken[];
    expect(responses.map(({ status }) => status)).toEqual(expect.arrayContaining([200, 201]));
    expect(answers.filter(({ created }) => created)).toHaveLength(1);
    expect(new Set(answers.map(({ id }) => id)).size).toBe(1);
    for (const { created, token } of answers) expect(token === null).toBe(!created);
    expect((await everyToken(200)).filter(({ name }) => name === 'once')).toHaveLength(1);
  });

  it('refuses an Idempotency-Key that was already used for a different request, and one that is none', async () => {
    const headers = { 'idempotency-key': 'taken' };
    expect((await post({ name: 'a', role: 'viewer' }, headers)).status).toBe(201);
    const other = await post({ name: 'a', role: 'admin' }, headers);
    expect(other.status).toBe(409);
    expect(await other.json()).toMatchObject({ code: 'IDEMPOTENCY_KEY_REUSED' });
    expect((await post({ name: 'a', role: 'viewer' }, { 'idempotency-key': 'a b' })).status).toBe(400);
    const token = await gateway.tokenOf('admin');
    const theirs = await post({ name: 'b', role: 'viewer' }, { ...headers, authorization: `Bearer ${token}` });
    expect(theirs.status).toBe(201);
  });
});

describe('GET /api/access/tokens', () => {
  it('lists every token once over its pages, the newest first', async () => {
    for (const name of ['l1', 'l2', 'l3']) await make({ name, role: 'viewer' });
    const all = await everyToken(2);
    expect(all.slice(0, 3).map(({ name }) => name)).toEqual(['l3', 'l2', 'l1']);
    expect(all.map(({ id }) => id)).toEqual((await everyToken(200)).map(({ id }) => id));
    expect(all.at(-1)).toMatchObject({ id: 'bootstrap', role: 'admin', status: 'active' });
  });

  it('tells when a token is used, expired, revoked', async () => {
    const used = await make({ name: 'used', role: 'viewer' });
    await gateway.call('/api/nothing', { token: used.token });
    await until('the use is noted', async () => (await list('?limit=1')).items[0]?.lastUsedAt !== null);
    const gone = await make({ name: 'gone', role: 'viewer' });
    await revoke(gone.id);
    const { id } = await gateway.issue({ name: 'over', role: 'viewer', expiresAt: '2020-01-01T00:00:00.000Z' });
    const of = new Map((await everyToken(200)).map((token) => [token.id, token]));
    expect(of.get(used.id)).toMatchObject({ status: 'active', lastUsedAt: expect.any(String), revokedAt: null });
    expect(of.get(gone.id)).toMatchObject({ status: 'revoked', revokedAt: expect.any(String) });
    expect(of.get(id)).toMatchObject({ status: 'expired', expiresAt: '2020-01-01T00:00:00.000Z' });
  });

  it.each(['limit=0', 'limit=1000', 'cursor=x', 'cursor=', 'role=admin'])('refuses ?%s by name', async (query) => {
    const response = await gateway.call(`${TOKENS}?${query}`);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ errors: [{ field: query.split('=')[0] }] });
  });
});

describe('POST /api/access/tokens/{id}/revoke', () => {
  it('ends a token at once, also one that was used a moment ago, and says the same again', async () => {
    const { id, token } = await make({ name: 'r', role: 'viewer' });
    expect((await gateway.call('/api/nothing', { token })).status).toBe(404);
    const first = await revoke(id);
    expect(first.status).toBe(200);
    const view = (await first.json()) as TokenView;
    expect(view).toMatchObject({ id, status: 'revoked' });
    expect((await gateway.call('/api/nothing', { token })).status).toBe(401);
    expect(await (await revoke(id)).json()).toEqual(view);
  });

  it('does not know what is not there, and repeats no token that was given for an id', async () => {
    const response = await revoke('nobody');
    expect(response.status).toBe(404);
    expect(await response.json()).toMatchObject({ code: 'TOKEN_NOT_FOUND' });
    const { token } = await make({ name: 'pasted', role: 'viewer' });
    expect(await (await revoke(token)).text()).not.toContain(token);
  });

  it('of the token of the start holds when the system is started with it again, whatever it had between', async () => {
    await gateway.tokens.enthrone('start', 'start', 'viewer', 'start-token-0123456789');
    await revoke('start');
    expect(await gateway.tokens.enthrone('start', 'start', 'viewer', 'start-token-0123456789')).toBe(false);
    await expect(gateway.tokens.authenticate('start-token-0123456789')).rejects.toThrow('unknown, expired or revoked');
    expect(await gateway.tokens.enthrone('start', 'start', 'viewer', 'other-token-0123456789')).toBe(true);
    await expect(gateway.tokens.authenticate('other-token-0123456789')).resolves.toMatchObject({ role: 'viewer' });
    expect(await gateway.tokens.enthrone('start', 'start', 'viewer', 'start-token-0123456789')).toBe(false);
    await expect(gateway.tokens.authenticate('start-token-0123456789')).rejects.toThrow('unknown, expired or revoked');
  });

  it('is heard of by another replica within seconds', async () => {
    const replica = await gateway.another();
    const { id, token } = await make({ name: 'both', role: 'viewer' });
    const there = async () => (await fetch(`${replica.url}/api/nothing`, bearer(token))).status;
    expect(await there()).toBe(404);
    await revoke(id);
    const since = performance.now();
    await until('the end of the token there', async () => (await there()) === 401);
    expect(performance.now() - since).toBeLessThan(5_000);
    await replica.stop();
  });
});

it('neither a token nor its hash is in any answer', async () => {
  const made = await make({ name: 'secret', role: 'viewer' });
  const [stored] = await gateway.app
    .get(Database)
    .query<{ token_hash: string }>('SELECT token_hash FROM access_tokens WHERE id = $1', [made.id]);
  expect(stored!.token_hash).toBe(hashOf(made.token));
  const answers = [
    await (await gateway.call(`${TOKENS}?limit=200`)).text(),
    await (await revoke(made.id)).text(),
    await (await gateway.call('/api/fiction/plans', { token: made.token })).text(),
    await (await gateway.call(`/api/${made.token}`)).text(),
  ];
  for (const secret of [made.token, stored!.token_hash, ADMIN_TOKEN, hashOf(ADMIN_TOKEN)]) {
    expect(answers.join('\n')).not.toContain(secret);
  }
});

const bearer = (token: string) => ({ headers: { authorization: `Bearer ${token}` } });

// The last one: whichever of the two stays, it may not be the one that the others come with.
it('never takes the last administrator, not even when two revoke each other at once', async () => {
  for (const { id, role, status } of await everyToken(200)) {
    if (role === 'admin' && status === 'active' && id !== 'bootstrap') await revoke(id);
  }
  const alone = await revoke('bootstrap');
  expect(alone.status).toBe(409);
  expect(await alone.json()).toMatchObject({ code: 'LAST_ADMIN_TOKEN' });
  await gateway.issue({ name: 'over', role: 'admin', expiresAt: '2020-01-01T00:00:00.000Z' });
  expect((await revoke('bootstrap')).status).toBe(409);
  const other = await make({ name: 'other', role: 'admin' });
  const both = await Promise.all([revoke('bootstrap', other.token), revoke(other.id)]);
  expect(new Set(both.map(({ status }) => status))).toEqual(new Set([200, 409]));
});
