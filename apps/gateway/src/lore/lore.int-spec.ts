import {
  approveLore,
  chooseBranch,
  DomainError,
  fulfilLore,
  listBranches,
  listLore,
  readLore,
  rejectLore,
  requireLore,
  summariseLore,
  waiveLore,
  type LoreDetail,
} from '@fiction/contracts';
import { startGateway, type TestGateway } from '../gateway.fixture';
import { NO_LORE, REQUIREMENT } from './lore.fixture';

let gateway: TestGateway;
beforeAll(async () => (gateway = await startGateway()));
afterAll(() => gateway.stop());
beforeEach(() => {
  gateway.services.clear();
  gateway.services.on(chooseBranch, ({ branch }) => ({ branch: branch ?? 'alt-beta' }));
  for (const contract of [fulfilLore, approveLore, rejectLore, waiveLore]) {
    gateway.services.on(contract, () => ({ requirement: REQUIREMENT, repeated: false }));
  }
});

const LORE = '/api/fiction/plans/p/lore';
const ENTRY = {
  name: 'The Mill',
  aliases: [],
  summary: 'It burned.',
  facts: [{ statement: 'It burned.', from: '0.0', until: null }],
  relations: [],
};
const asked = (subject: string) =>
  gateway.services.asked.filter((one) => one.subject === subject).map(({ question }) => question);
const post = (path: string, body?: unknown, headers: Record<string, string> = {}, token?: string) =>
  gateway.call(`${LORE}${path}`, {
    method: 'POST',
    ...(body !== undefined && { body: JSON.stringify(body) }),
    headers: { ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
    ...(token !== undefined && { token }),
  });

it('lists the primary branch unless another is named, and passes every filter on', async () => {
  gateway.services.on(listLore, () => ({ items: [REQUIREMENT], nextCursor: null, counts: NO_LORE }));
  const page = await gateway.call(
    `${LORE}?status=drafted&domain=places&kind=entry&breached=true&text=mill&limit=3&cursor=c`,
  );
  expect(await page.json()).toEqual({ items: [REQUIREMENT], nextCursor: null, counts: NO_LORE });
  await gateway.call(`${LORE}?branch=main&breached=false`);
  const filters = { status: 'drafted', domain: 'places', kind: 'entry', breached: true, text: 'mill' };
  expect(asked(listLore.subject)).toEqual([
    { planId: 'p', branch: 'alt-beta', limit: 3, cursor: 'c', ...filters },
    { planId: 'p', branch: 'main', limit: 50, breached: false },
  ]);
});

it('sums up every branch of the plan', async () => {
  const branch = (name: string) => ({
    name,
    parent: null,
    forkItem: null,
    primary: name === 'main',
    status: 'running' as const,
    statusReason: null,
    createdBy: 'mo',
    createdAt: REQUIREMENT.createdAt,
    items: { own: 1, open: 1, shared: 0 },
    costUsd: 0,
    tokens: 0,
  });
  gateway.services.on(listBranches, () => ({ items: [branch('main'), branch('alt-beta')] }));
  gateway.services.on(summariseLore, ({ branches }) => ({
    branches: branches.map((name) => ({ branch: name, ...NO_LORE })),
  }));
  const summary = await gateway.call(`${LORE}/summary`);
  expect(await summary.json()).toEqual({
    branches: ['main', 'alt-beta'].map((name) => ({ branch: name, ...NO_LORE })),
  });
  expect((await gateway.call(`${LORE}/summary?branch=main`)).status).toBe(400);
});

it('shows one, with all it has been through', async () => {
  const detail: LoreDetail = {
    ...REQUIREMENT,
    planId: 'p',
    branch: 'alt-beta',
    lineage: ['alt-beta', 'main'],
    sharedFrom: null,
    terms: { policy: 'after-sla', slaSeconds: 60, approval: 'human' },
    conversationId: 'conversation',
    planPassId: 'p:1',
    backlogItemId: 'item:lore:p-lore-1@alt-beta',
    runId: null,
    draft: ENTRY,
    sources: [{ source: 'fiction:vision:p', at: REQUIREMENT.createdAt }],
    waiting: [{ itemId: 'item:scene:s@alt-beta', since: REQUIREMENT.createdAt }],
    timeline: [],
  };
  gateway.services.on(readLore, () => detail);
  expect(await (await gateway.call(`${LORE}/p-lore-1`)).json()).toEqual(detail);
  expect(asked(readLore.subject)).toEqual([{ planId: 'p', branch: 'alt-beta', requirementId: 'p-lore-1' }]);
});

it('requires lore for a person, once for each key', async () => {
  const required = {
    actionId: '1',
    itemIds: [],
    repeated: false,
    requirementId: 'p-lore-901',
    itemId: 'item:lore:p-lore-901',
  };
  gateway.services.on(requireLore, () => required);
  const need = { domain: 'places', name: 'The Mill', why: 'I want it', chapter: 2 };
  const response = await post('', need, { 'idempotency-key': 'k', 'x-fiction-source': 'console' });
  expect([response.status, await response.json()]).toEqual([201, required]);
  expect(asked(requireLore.subject)).toEqual([
    { planId: 'p', branch: 'alt-beta', ...need, actor: expect.any(String), source: 'console', idempotencyKey: 'k' },
  ]);
});

it.each([
  ['fulfill', fulfilLore, undefined, {}],
  ['fulfill', fulfilLore, { text: ' Mine. ' }, { text: 'Mine.' }],
  ['fulfill', fulfilLore, { entry: ENTRY }, { entry: ENTRY }],
  ['approve', approveLore, undefined, {}],
  ['reject', rejectLore, { reason: 'Too much lamp.' }, { reason: 'Too much lamp.' }],
  ['waive?branch=main', waiveLore, { note: 'He lies.' }, { note: 'He lies.', branch: 'main' }],
] as const)('%s tells who does it and from where', async (verb, contract, body, said) => {
  const response = await post(`/p-lore-1/${verb}`, body, { 'x-fiction-source': 'cli', 'idempotency-key': 'k-1' });
  expect([response.status, await response.json()]).toEqual([202, { requirement: REQUIREMENT, repeated: false }]);
  expect(asked(contract.subject)).toEqual([
    {
      planId: 'p',
      branch: 'alt-beta',
      requirementId: 'p-lore-1',
      actor: expect.any(String),
      source: 'cli',
      idempotencyKey: 'k-1',
      ...said,
    },
  ]);
});

it.each([
  ['LORE_ALREADY_READY', 409],
  ['LORE_NEEDS_PERSON', 409],
  ['LORE_REQUIREMENT_NOT_FOUND', 404],
])('passes %s on', async (code, status) => {
  gateway.services.on(fulfilLore, () => {
    throw new DomainError(code, status, 'no');
  });
  const response = await post('/p-lore-1/fulfill');
  expect([response.status, await response.json()]).toMatchObject([status, { code }]);
});

const LONG = 'x'.repeat(8_001);
it.each([
  ['', {}, 'domain'],
  ['', { domain: 'weather', name: 'n', why: 'w' }, 'domain'],
  ['', { domain: 'places', name: 'x'.repeat(301), why: 'w' }, 'name'],
  ['', { domain: 'places', name: 'a\u0000b', why: 'w' }, 'name'],
  ['', { domain: 'places', name: 'n', why: 'w', chapter: 0 }, 'chapter'],
  ['', { domain: 'places', name: 'n', why: 'w', scene: 99_999_999_999 }, 'scene'],
  ['', { domain: 'places', name: 'n', why: 'w', by: 'me' }, 'by'],
  ['?branch=no/slash', { domain: 'places', name: 'n', why: 'w' }, 'branch'],
  ['', { domain: 'places', name: 'n', why: 'w', branch: 'main' }, 'branch'],
  ['', [], '(whole)'],
  ['/r/fulfill', { text: LONG }, 'text'],
  ['/r/fulfill', { text: ' ' }, 'text'],
  ['/r/fulfill', { text: 'a\u0007b' }, 'text'],
  ['/r/fulfill', { text: 'x', entry: ENTRY }, 'text'],
  ['/r/fulfill', { entry: { ...ENTRY, facts: [] } }, 'entry.facts'],
  ['/r/fulfill', { entry: { ...ENTRY, locked: true } }, 'entry.locked'],
  ['/r/fulfill', { run: true }, 'run'],
  ['/r/approve', { note: 'fine' }, 'note'],
  ['/r/reject', {}, 'reason'],
  ['/r/reject', { reason: 7 }, 'reason'],
  ['/r/reject', { reason: 'x'.repeat(1_001) }, 'reason'],
  ['/r/waive', {}, 'note'],
  ['/r/waive?branch=no/slash', { note: 'n' }, 'branch'],
  ['/r/waive?colour=red', { note: 'n' }, 'colour'],
  ['/r/approve', { branch: 'main' }, 'branch'],
  [`/${'x'.repeat(301)}/waive`, { note: 'n' }, 'requirementId'],
  ['/a%00b/approve', undefined, 'requirementId'],
])('POST %s with %j is refused by name, and nobody is asked', async (path, body, field) => {
  const response = await post(path, body);
  expect(response.status).toBe(400);
  const errors = expect.arrayContaining([expect.objectContaining({ field })]) as unknown;
  expect(await response.json()).toMatchObject({ code: 'INPUT_INVALID', errors });
  expect(gateway.services.asked).toEqual([]);
});

it.each(['status=lost', 'domain=weather', 'kind=odd', 'breached=maybe', 'colour=red', 'branch=no/slash'])(
  'GET ?%s is refused by name',
  async (query) => {
    const response = await gateway.call(`${LORE}?${query}`);
    expect(await response.json()).toMatchObject({ code: 'INPUT_INVALID', errors: [{ field: query.split('=')[0] }] });
    expect(gateway.services.asked).toEqual([]);
  },
);

it('lets writers declare, supply and waive, and only operators approve and reject', async () => {
  const writer = await gateway.tokenOf('writer');
  expect((await post('/r/fulfill', { text: 'Mine.' }, {}, writer)).status).toBe(202);
  expect((await post('/r/waive', { note: 'n' }, {}, writer)).status).toBe(202);
  expect((await post('/r/approve', undefined, {}, writer)).status).toBe(403);
  expect((await post('/r/reject', { reason: 'n' }, {}, writer)).status).toBe(403);
});
