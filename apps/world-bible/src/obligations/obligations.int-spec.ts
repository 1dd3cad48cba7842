import { jobName, readObligation } from '@fiction/contracts';
import { BY, ObligationFixture } from '../testing/obligation.fixture';

let fixture: ObligationFixture;
beforeAll(async () => (fixture = await ObligationFixture.start()));
afterAll(() => fixture.stop());

const opened = (text: string, kind = 'mystery' as const) => ({ obligationsOpened: [{ text, kind }] });
const kept = (text: string) => ({ obligationsResolved: [text] });
const historyOf = async (planId: string, obligationId: string, branch = 'main') =>
  (await fixture.service.ask(readObligation, { planId, branch, obligationId })).history;

it('lives from its design over the scene that shows it to the scene that keeps it, with all of it on record', async () => {
  await fixture.begin('life');
  await fixture.design('life', 1, { plants: ['the brass key'] });
  expect(await fixture.obligation('life', 'the brass key')).toMatchObject({
    status: 'open',
    personas: ['M. Okafor'],
    planted: '1.0',
    due: '2.2',
    dueSource: 'default',
    sceneId: null,
  });
  await fixture.scene('life', 1, 2, opened('The brass key'));
  await fixture.design('life', 2, { payoffs: ['the brass key'] });
  expect(await fixture.obligation('life', 'the brass key')).toMatchObject({
    kind: 'mystery',
    personas: ['Ada Quill'],
    sceneId: 'life-c001-s02',
    due: '2.2',
    dueSource: 'blueprint',
    itemIds: ['item:scene:life-c002-s01', 'item:scene:life-c002-s02'],
  });
  await fixture.scene('life', 2, 1, kept('the brass key'));
  const done = await fixture.obligation('life', 'the brass key');
  expect(done).toMatchObject({ status: 'resolved', openSince: null, itemIds: [] });
  expect((await historyOf('life', done!.obligationId)).map(({ by, event, point }) => [by, event, point])).toEqual([
    ['blueprint', 'planted', '1.0'],
    ['scene', 'planted', '1.2'],
    ['scene', 'resolved', '2.1'],
    ['blueprint', 'scheduled', '2.2'],
  ]);
  // A scene that is written anew and keeps it no more opens it again.
  await fixture.scene('life', 2, 1, {}, 'main', 2);
  expect(await fixture.obligation('life', 'the brass key')).toMatchObject({ status: 'open' });
  // Nor is there one that nothing plants any more.
  await fixture.scene('life', 2, 2, opened('a whim'));
  await fixture.scene('life', 2, 2, {}, 'main', 2);
  expect(await fixture.obligation('life', 'a whim')).toBeUndefined();
});

it('is planted once by each of many designs that come at the same moment, some of them twice', async () => {
  await fixture.begin('together');
  const chapters = Array.from({ length: 12 }, (_, n) => n + 1);
  const file = (chapter: number) =>
    fixture.design('together', chapter, { chapters: 12, plants: [`the key of chapter ${chapter}`] });
  await Promise.all([...chapters, 3, 7].map(file));
  for (const chapter of chapters) {
    const found = await fixture.obligation('together', `the key of chapter ${chapter}`);
    expect(found).toMatchObject({ status: 'open', planted: `${chapter}.0` });
    expect(await historyOf('together', found!.obligationId)).toHaveLength(1);
  }
});

it('is closed and reopened by people, who say why, once for each key', async () => {
  await fixture.begin('people');
  const planted = await fixture.plant('people', 'the debt to Tobias', {
    persona: 'Ada Quill',
    due: '2.1',
    note: 'from the margin',
    idempotencyKey: 'k',
  });
  const again = await fixture.plant('people', 'the debt to Tobias', {
    persona: 'Ada Quill',
    due: '2.1',
    note: 'from the margin',
    idempotencyKey: 'k',
  });
  expect(again).toEqual({ ...planted, repeated: true });
  expect(planted.obligation).toMatchObject({ kind: 'debt', personas: ['Ada Quill'], due: '2.1', dueSource: 'person' });
  const { obligationId } = planted.obligation;
  await expect(fixture.plant('people', 'Something else', { idempotencyKey: 'k' })).rejects.toMatchObject({
    code: 'IDEMPOTENCY_KEY_REUSED',
  });
  await expect(fixture.plant('people', 'The debt to Tobias!')).rejects.toMatchObject({ code: 'OBLIGATION_EXISTS' });
  await expect(fixture.plant('people', 'x', { persona: 'Nobody' })).rejects.toMatchObject({
    code: 'PERSONA_NOT_FOUND',
  });

  const cause = { itemId: 'item:scene:people-c002-s01', actionId: '17' };
  await fixture.act('people', 'the debt to Tobias', 'dismiss', { note: 'not in this book', ...cause });
  await expect(fixture.act('people', 'the debt to Tobias', 'resolve')).rejects.toMatchObject({
    code: 'OBLIGATION_STATUS',
    status: 409,
  });
  // A scene does not open what a person has closed.
  await fixture.scene('people', 1, 1, opened('the debt to Tobias'));
  expect(await fixture.obligation('people', 'the debt to Tobias')).toMatchObject({ status: 'dismissed' });
  await fixture.act('people', 'the debt to Tobias', 'reopen', { note: 'after all' });
  await fixture.act('people', 'the debt to Tobias', 'annotate', { note: 'soon' });
  const history = await historyOf('people', obligationId);
  expect(history.filter(({ by }) => by === 'person')).toMatchObject([
    { event: 'planted', actor: BY.actor, source: 'api', note: 'from the margin' },
    { event: 'dismissed', note: 'not in this book', ...cause },
    { event: 'reopened', note: 'after all' },
    { event: 'annotated', note: 'soon' },
  ]);
  await expect(
    fixture.service.query(`UPDATE obligation_actions SET note = 'no' WHERE plan_id = 'people'`),
  ).rejects.toThrow('history');
});

it('is listed in the order of the story, page by page, by status, persona and whether it is overdue', async () => {
  await fixture.begin('lists');
  await fixture.scene('lists', 1, 2, { obligationsOpened: ['the second', 'the third'] });
  await fixture.scene('lists', 1, 1, opened('the first'));
  await fixture.plant('lists', 'the last', { planted: '2.1' });
  await fixture.act('lists', 'the first', 'resolve');
  const page = await fixture.list('lists', 'main', { limit: 3 });
  expect(page.items[0]).toMatchObject({ text: 'the first' });
  expect(page.counts).toEqual({ open: 3, overdue: 0, resolved: 1, dismissed: 0 });
  const rest = await fixture.list('lists', 'main', { limit: 3, cursor: page.nextCursor! });
  expect(rest).toMatchObject({ items: [{ text: 'the last' }], nextCursor: null });
  const texts = async (over: Parameters<ObligationFixture['list']>[2]) =>
    (await fixture.list('lists', 'main', over)).items.map(({ text }) => text).sort();
  expect(await texts({ status: 'open', persona: 'Ada Quill' })).toEqual(['the second', 'the third']);
  expect(await texts({ persona: 'lists@main:*author' })).toEqual(['the last']);
  expect(await texts({ overdue: true })).toEqual([]);
  await expect(fixture.list('lists', 'main', { cursor: 'nonsense' })).rejects.toMatchObject({ code: 'INPUT_INVALID' });
});

it('stands on each branch for itself: what is before the fork is shared, what comes after does not leak', async () => {
  await fixture.begin('fork');
  await fixture.design('fork', 1, { plants: ['the lamp'] });
  await fixture.scene('fork', 1, 1, opened('the letter'));
  await fixture.plant('fork', 'the debt');
  await fixture.act('fork', 'the debt', 'dismiss');
  await fixture.scene('fork', 1, 2, opened('only on main'));
  await fixture.service.forked({
    planId: 'fork',
    branch: 'alt',
    runIds: [
      jobName('vision', 'fork'),
      jobName('world', 'fork'),
      jobName('blueprint', 'fork:1'),
      jobName('scene', 'fork-c001-s01'),
    ],
  });
  const statuses = async (branch: string) =>
    Object.fromEntries((await fixture.list('fork', branch)).items.map(({ text, status }) => [text, status]));
  expect(await statuses('alt')).toEqual({ 'the debt': 'dismissed', 'the lamp': 'open', 'the letter': 'open' });
  await fixture.act('fork', 'the letter', 'resolve', { branch: 'alt' });
  await fixture.act('fork', 'the debt', 'reopen', { branch: 'main' });
  await fixture.scene('fork', 1, 2, kept('the lamp'), 'alt');
  expect(await statuses('alt')).toEqual({ 'the debt': 'dismissed', 'the lamp': 'resolved', 'the letter': 'resolved' });
  expect(await statuses('main')).toEqual({
    'the debt': 'open',
    'the lamp': 'open',
    'the letter': 'open',
    'only on main': 'open',
  });
  // A branch of the branch begins with what that has.
  await fixture.service.forked({
    planId: 'fork',
    branch: 'alt-2',
    parent: 'alt',
    runIds: [jobName('vision', 'fork'), jobName('blueprint', 'fork:1'), jobName('scene', 'fork-c001-s01')],
  });
  expect(await statuses('alt-2')).toEqual({ 'the debt': 'dismissed', 'the lamp': 'open', 'the letter': 'resolved' });
  await expect(fixture.list('fork', 'nowhere')).rejects.toMatchObject({ code: 'BRANCH_NOT_READY' });
});

it('is counted once, whoever files at the same time', async () => {
  await fixture.begin('race');
  await fixture.design('race', 1);
  await Promise.all([
    ...[1, 2].map((scene) => fixture.scene('race', 1, scene, opened('the key'))),
    ...[1, 2].map((scene) => fixture.scene('race', 2, scene, kept('the key'))),
    fixture.plant('race', 'the debt', { idempotencyKey: 'k' }),
    fixture.plant('race', 'the debt', { idempotencyKey: 'k' }),
    fixture.sweep(),
  ]);
  expect((await fixture.list('race')).items).toMatchObject([
    { text: 'the debt', status: 'open' },
    { text: 'the key', status: 'resolved' },
  ]);
  const [count] = await fixture.service.query(`SELECT count(*)::int FROM obligation_actions WHERE plan_id = 'race'`);
  expect(count).toEqual({ count: 1 });
});
