import {
  actOnObligation,
  addMemory,
  changeBaseline,
  chooseBranch,
  listObligations,
  NotFoundError,
  plantObligation,
  readBacklogItem,
  type BacklogItem,
  type ObligationView,
} from '@fiction/contracts';
import { startGateway, type TestGateway } from '../gateway.fixture';

const AT = '2024-01-01T00:00:00.000Z';
const ID = 'obligation-0123456789abcdef01234567';
const obligation: ObligationView & { history: [] } = {
  obligationId: ID,
  kind: 'debt',
  text: 'the key',
  status: 'open',
  personas: ['Ada Quill'],
  planted: '1.1',
  sceneId: null,
  due: null,
  dueSource: null,
  openSince: AT,
  overdueSince: null,
  changedAt: AT,
  itemIds: [],
  history: [],
};

const ITEM = 'item:scene:s';
const item: BacklogItem = {
  ...{ itemId: ITEM, planId: 'p', branch: 'main', phase: 'scene', target: { sceneId: 's' }, runId: 'fiction:scene:s' },
  ...{ status: 'complete', reasonCode: null, reason: null, changedAt: AT, createdAt: AT, pending: 0, dependencies: [] },
  ...{ awaitsRelease: false, lore: [], revision: 1, resumption: 0, attempts: 1, costUsd: 0, tokens: 0 },
  ...{ resumeRequestedAt: null, resumeTimedOut: false },
  metadata: {
    ...{ planId: 'p', branch: 'main', backlogItemId: ITEM, taskId: 't', conversationId: 'c', conversationPlanId: 'p' },
    ...{ agentId: 'agent_author', providerId: 'rehearsal', modelId: 'novelist', correlationId: 'x' },
  },
};

let gateway: TestGateway;
beforeAll(async () => (gateway = await startGateway()));
afterAll(() => gateway.stop());
beforeEach(() => {
  gateway.services.clear();
  gateway.services.on(chooseBranch, ({ planId, branch = 'main' }) => {
    if (planId !== 'p') throw new NotFoundError('plan', planId);
    if (!['main', 'alt'].includes(branch)) throw new NotFoundError('branch', branch);
    return { branch };
  });
  gateway.services.on(readBacklogItem, ({ planId, itemId }) => {
    if (planId !== 'p' || itemId !== ITEM) throw new NotFoundError('backlog item', itemId);
    return item;
  });
  gateway.services.on(plantObligation, () => ({ obligation, repeated: false }));
  gateway.services.on(actOnObligation, () => ({ obligation, repeated: false }));
});

const PLAN = '/api/fiction/plans/p';
const send = (path: string, body: unknown, headers: Record<string, string> = {}, method = 'POST') =>
  gateway.call(path, {
    method,
    body: JSON.stringify(body),
    headers: { 'content-type': 'application/json', ...headers },
  });
const asked = (subject: string) => gateway.services.asked.filter((one) => one.subject === subject);

it('passes on who plants, resolves, dismisses, reopens and annotates, on which branch and why', async () => {
  const headers = { 'Idempotency-Key': 'k1', 'X-Fiction-Source': 'console' };
  const planted = await send(
    `${PLAN}/obligations?branch=alt`,
    { text: 'the key', kind: 'debt', persona: 'Ada Quill', planted: '1.1', due: '2.3', note: 'n' },
    headers,
  );
  expect(planted.status).toBe(201);
  expect(await planted.json()).toMatchObject({ obligation: { obligationId: ID }, repeated: false });
  const by = { actor: 'bootstrap', source: 'console', idempotencyKey: 'k1', branch: 'alt', planId: 'p' };
  expect(asked('world-bible.obligation.plant')[0]!.question).toEqual({
    ...by,
    actor: expect.any(String) as string,
    text: 'the key',
    kind: 'debt',
    persona: 'Ada Quill',
    planted: '1.1',
    due: '2.3',
    note: 'n',
    itemId: null,
    actionId: null,
  });
  for (const action of ['annotate', 'resolve', 'dismiss', 'reopen']) {
    const path = `${PLAN}/obligations/${ID}/${action}?branch=alt`;
    const response = await send(path, { note: 'because', itemId: 'item:scene:s', actionId: '7' }, headers);
    expect(response.status).toBe(200);
  }
  expect(asked('world-bible.obligation.act').map(({ question }) => question)).toEqual(
    ['annotate', 'resolve', 'dismiss', 'reopen'].map((action) => ({
      ...by,
      actor: expect.any(String) as string,
      obligationId: ID,
      action,
      note: 'because',
      itemId: 'item:scene:s',
      actionId: '7',
    })),
  );
});

it('filters lists by status, persona and whether they are overdue', async () => {
  const counts = { open: 1, overdue: 0, resolved: 0, dismissed: 0 };
  gateway.services.on(listObligations, () => ({ items: [obligation], nextCursor: null, counts }));
  const response = await gateway.call(`${PLAN}/obligations?status=open&persona=Ada%20Quill&overdue=true&limit=3`);
  expect(await response.json()).toMatchObject({ items: [{ obligationId: ID }], counts });
  expect(asked('world-bible.obligation.list')[0]!.question).toEqual({
    planId: 'p',
    branch: 'main',
    limit: 3,
    status: 'open',
    persona: 'Ada Quill',
    overdue: true,
  });
});

it.each<[string, string, string, unknown, Record<string, string>, string]>([
  ['no text', 'POST', 'obligations', {}, {}, 'text'],
  ['an empty text', 'POST', 'obligations', { text: '  ' }, {}, 'text'],
  ['a text that is too long', 'POST', 'obligations', { text: 'x'.repeat(301) }, {}, 'text'],
  ['a text with NUL', 'POST', 'obligations', { text: 'a\u0000b' }, {}, 'text'],
  ['half a character', 'POST', 'obligations', { text: 'a\ud800' }, {}, 'text'],
  ['an unknown kind', 'POST', 'obligations', { text: 'x', kind: 'threat' }, {}, 'kind'],
  ['a point that is none', 'POST', 'obligations', { text: 'x', due: 'soon' }, {}, 'due'],
  ['a due point before the story', 'POST', 'obligations', { text: 'x', due: '0.5' }, {}, 'due'],
  ['an unknown field', 'POST', 'obligations', { text: 'x', owner: 'a' }, {}, 'owner'],
  ['a key with a space', 'POST', 'obligations', { text: 'x' }, { 'Idempotency-Key': 'a b' }, 'Idempotency-Key'],
  ['an unknown source', 'POST', 'obligations', { text: 'x' }, { 'X-Fiction-Source': 'moon' }, 'X-Fiction-Source'],
  ['a note of a number', 'POST', `obligations/${ID}/resolve`, { note: 7 }, {}, 'note'],
  ['a branch that is no name', 'POST', `obligations/${ID}/reopen?branch=a%2Fb`, {}, {}, 'branch'],
  ['an id with NUL', 'POST', 'obligations/%00/dismiss', {}, {}, 'obligationId'],
  ['a baseline without a version', 'PATCH', 'personas/p@main:ada', { baseline: {} }, {}, 'version'],
  [
    'a baseline of the wrong type',
    'PATCH',
    'personas/p@main:ada',
    { version: 1, baseline: { voice: 1 } },
    {},
    'baseline.voice',
  ],
  ['an unknown part', 'PATCH', 'personas/p@main:ada', { version: 1, baseline: { hair: 'red' } }, {}, 'baseline.hair'],
  ['a memory without words', 'POST', 'personas/p@main:ada/memories', {}, {}, 'text'],
  ['a memory from nowhere', 'POST', 'personas/p@main:ada/memories', { text: 'x', from: '1' }, {}, 'from'],
  ['a note that is too long', 'POST', 'personas/p@main:ada/notes', { text: 'x'.repeat(2_001) }, {}, 'text'],
])('%s is refused by name and asks nobody', async (_name, method, path, body, headers, field) => {
  const response = await send(`${PLAN}/${path}`, body, headers, method);
  expect(response.status).toBe(400);
  expect(await response.json()).toMatchObject({ code: 'INPUT_INVALID', errors: [{ field }] });
  expect(gateway.services.asked).toEqual([]);
});

it.each(['obligations', `obligations/${ID}/resolve`])('%s: an item that is none is no reason', async (path) => {
  const response = await send(`${PLAN}/${path}`, {
    ...(path === 'obligations' && { text: 'x' }),
    itemId: 'item:scene:nope',
  });
  expect(response.status).toBe(404);
  expect(await response.json()).toMatchObject({ code: 'BACKLOG_ITEM_NOT_FOUND' });
  expect(gateway.services.asked.filter(({ subject }) => subject.startsWith('world-bible'))).toEqual([]);
});

it('plants nothing on a plan or branch that is none', async () => {
  const noPlan = await send('/api/fiction/plans/q/obligations', { text: 'x' });
  expect({ status: noPlan.status, body: await noPlan.json() }).toMatchObject({
    status: 404,
    body: { code: 'PLAN_NOT_FOUND' },
  });
  const noBranch = await send(`${PLAN}/obligations?branch=gone`, { text: 'x' });
  expect(await noBranch.json()).toMatchObject({ code: 'BRANCH_NOT_FOUND' });
  expect(asked('world-bible.obligation.plant')).toEqual([]);
});

it('passes on what people say of personas', async () => {
  const persona = {
    personaId: 'p@main:ada quill',
    kind: 'character' as const,
    name: 'Ada Quill',
    role: null,
    baseline: { voice: 'dry', values: [], knowledge: [], forbidden: [] },
    version: 2,
  };
  gateway.services.on(changeBaseline, () => persona);
  const path = `${PLAN}/personas/${encodeURIComponent(persona.personaId)}`;
  const changed = await send(path, { version: 1, baseline: { voice: 'dry' } }, {}, 'PATCH');
  expect({ status: changed.status, body: await changed.json() }).toEqual({ status: 200, body: persona });
  const word = { id: 'word-1', text: 'x', from: '0.0', sceneId: null, actor: 'a', source: 'api' as const, at: AT };
  gateway.services.on(addMemory, () => ({ word: { ...word, retracted: null }, repeated: false }));
  expect((await send(`${path}/memories`, { text: 'x' })).status).toBe(201);
  expect(asked('world-bible.memory.add')[0]!.question).toMatchObject({
    planId: 'p',
    personaId: persona.personaId,
    text: 'x',
    from: '0.0',
    source: 'api',
    idempotencyKey: null,
  });
});
