import { addEntry, chooseBranch, editEntry, lockEntry, NotFoundError, type WorldEntryView } from '@fiction/contracts';
import { startGateway, type TestGateway } from '../gateway.fixture';

const ENTRY: WorldEntryView = {
  id: 'entry-1',
  name: 'Ada Quill',
  type: 'character',
  aliases: [],
  summary: 'Dry.',
  facts: [],
  relations: [],
  version: 3,
  locked: false,
  source: 'person',
  createdAt: '2024-01-01T00:00:00.000Z',
};
const WRITES = [addEntry.subject, editEntry.subject, lockEntry.subject];

let gateway: TestGateway;
beforeAll(async () => (gateway = await startGateway()));
afterAll(() => gateway.stop());
beforeEach(() => {
  gateway.services.clear();
  gateway.services.on(chooseBranch, ({ planId, branch = 'main' }) => {
    if (planId !== 'p') throw new NotFoundError('plan', planId);
    if (branch === 'none') throw new NotFoundError('branch', branch);
    return { branch };
  });
  for (const contract of [addEntry, editEntry, lockEntry]) {
    gateway.services.on<unknown, unknown>(contract, () => ({ entry: ENTRY, repeated: false }));
  }
});

const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
  gateway.call(`/api/fiction/plans/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
const asked = () => gateway.services.asked.filter(({ subject }) => WRITES.includes(subject));

const NEW = { type: 'location', name: 'Low Water', summary: 'A quay.' };
const BY = { actor: expect.any(String) as unknown, source: 'console' };

it('says who asks for what, on which branch, with which key', async () => {
  const headers = { 'idempotency-key': 'k', 'x-fiction-source': 'console' };
  expect((await post('p/world-bible?branch=alt', NEW, headers)).status).toBe(201);
  expect((await post('p/world-bible/entry-1/versions', { expectedVersion: 3, summary: 'Wet.' }, headers)).status).toBe(
    201,
  );
  expect((await post('p/world-bible/entry-1/lock', { factId: 'fact-1' }, headers)).status).toBe(200);
  expect((await post('p/world-bible/entry-1/unlock', { applyRefused: true }, headers)).status).toBe(200);
  const of = { ...BY, planId: 'p', branch: 'main', idempotencyKey: 'k' };
  expect(asked().map(({ question }) => question)).toEqual([
    { ...of, branch: 'alt', ...NEW, aliases: [], facts: [], relations: [] },
    { ...of, entryId: 'entry-1', expectedVersion: 3, summary: 'Wet.' },
    { ...of, entryId: 'entry-1', factId: 'fact-1', locked: true, applyRefused: false },
    { ...of, entryId: 'entry-1', locked: false, applyRefused: true },
  ]);
});

it.each([
  ['p/world-bible', { ...NEW, name: '' }, 'name'],
  ['p/world-bible', { ...NEW, name: 'x'.repeat(301) }, 'name'],
  ['p/world-bible', { ...NEW, type: 'ghost' }, 'type'],
  ['p/world-bible', { ...NEW, locked: true }, 'locked'],
  ['p/world-bible', { ...NEW, name: 'a\u0000b' }, 'name'],
  ['p/world-bible', { ...NEW, summary: 'a\ud800b' }, 'summary'],
  ['p/world-bible', { ...NEW, facts: [{ statement: 'S', from: '2.10', until: '2.9' }] }, 'facts.0.until'],
  ['p/world-bible', { ...NEW, facts: [{ statement: 'S', from: 'soon', until: null }] }, 'facts.0.from'],
  ['p/world-bible?branch=no%2Fslash', NEW, 'branch'],
  ['p/world-bible/entry-1/versions', { summary: 'S' }, 'expectedVersion'],
  ['p/world-bible/entry-1/versions', { expectedVersion: '3' }, 'expectedVersion'],
  ['p/world-bible/entry-1/versions', { expectedVersion: 3, name: 'Another' }, 'name'],
  ['p/world-bible/entry-1/versions', { expectedVersion: 3, facts: { replace: [] } }, 'facts.replace'],
  ['p/world-bible/entry-1/versions', { expectedVersion: 3, type: 'object' }, 'type'],
  ['p/world-bible/entry-1/lock', { factId: 7 }, 'factId'],
  ['p/world-bible/entry-1/lock', { applyRefused: true }, 'applyRefused'],
  ['p/world-bible/entry-1/unlock', { applyRefused: 'yes' }, 'applyRefused'],
  ['p/world-bible/entry-1/unlock', { locked: true }, 'locked'],
  ['p/world-bible/%00/lock', {}, 'entryId'],
])('%s with %j is refused by name, and nothing is asked of the bible', async (path, body, field) => {
  const response = await post(path, body);
  expect(response.status).toBe(400);
  expect(await response.json()).toMatchObject({ code: 'INPUT_INVALID', errors: [{ field }] });
  expect(asked()).toEqual([]);
});

it.each([
  ['nope/world-bible', 'PLAN_NOT_FOUND'],
  ['p/world-bible?branch=none', 'BRANCH_NOT_FOUND'],
])('%s is answered with %s, and nothing is added', async (path, code) => {
  const response = await post(path, NEW);
  expect(response.status).toBe(404);
  expect(await response.json()).toMatchObject({ code });
  expect(asked()).toEqual([]);
});
