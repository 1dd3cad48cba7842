import {
  fileLore,
  fileReflection,
  fileRoster,
  listEntries,
  listRoster,
  readEntries,
  readEntry,
} from '@fiction/contracts';
import type { ServiceUnderTest } from '@fiction/testing';
import { fileWorld, startWorldBible, VISION } from '../testing/bible-fixture';
import { draft, entry } from '../testing/entry.builder';

let service: ServiceUnderTest;
beforeAll(async () => {
  service = await startWorldBible({ replicas: 2 });
});
afterAll(() => service.stop());

const AT_ONCE = 12;
const many = <T>(action: () => Promise<T>): Promise<T[]> => Promise.all(Array.from({ length: AT_ONCE }, action));

it('files a requirement once, however often and however many at once say it', async () => {
  await fileWorld(service, 'plan-lore', [entry('Ada Quill')]);
  const filing = {
    planId: 'plan-lore',
    requirementId: 'r1',
    domain: 'history' as const,
    entry: draft('The First Salt'),
    from: '2.1',
  };
  const answers = await many(() => service.ask(fileLore, filing));
  expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
  expect(answers[0]!.version).toBe(1);

  const later = await service.ask(fileLore, { ...filing, entry: draft('The First Salt', { summary: 'Another.' }) });
  expect(later).toEqual(answers[0]);
  expect(await service.query('SELECT 1 FROM entry_versions WHERE source_ref = $1', ['r1'])).toHaveLength(1);
});

it('shows lore only to those who name its requirement, and two of the same name to each their own', async () => {
  await fileWorld(service, 'plan-two', [entry('Ada Quill')]);
  const file = (requirementId: string, summary: string) =>
    service.ask(fileLore, {
      planId: 'plan-two',
      requirementId,
      domain: 'places',
      entry: draft('Low Water', { summary }),
      from: '0.0',
    });
  await Promise.all([file('a', 'It is dry.'), file('b', 'It is wet.')]);
  const read = async (loreIds: string[]) => {
    const { entries } = await service.ask(readEntries, { planId: 'plan-two', names: ['low water'], loreIds });
    return entries.map((one) => one.summary);
  };
  expect(await read([])).toEqual([]);
  expect(await read(['a'])).toEqual(['It is dry.']);
  expect(await read(['b'])).toEqual(['It is wet.']);
  expect(await read(['b', 'a'])).toEqual(['It is dry. It is wet.']);
  expect(await read(['a', 'b', 'unknown'])).toEqual(['It is dry. It is wet.']);
});

it('tells lore about an entry of the world on that entry, and never drops what the world said', async () => {
  await fileWorld(service, 'plan-on', [entry('The Salt Clock', { type: 'object', summary: 'It runs.' })]);
  const lore = { planId: 'plan-on', requirementId: 'r', domain: 'objects' as const, from: '0.0' };
  const { version } = await service.ask(fileLore, { ...lore, entry: draft('Salt clock', { summary: 'It was sold.' }) });
  expect(version).toBe(2);
  const { items } = await service.ask(listEntries, { planId: 'plan-on' });
  expect(items).toMatchObject([
    { name: 'The Salt Clock', summary: 'It runs. It was sold.', version: 2, source: 'lore' },
  ]);
});

it('shows lore that a person has written as that person’s, to those who require it and nobody else', async () => {
  const planId = 'plan-person';
  await fileWorld(service, planId, [entry('Ada Quill')]);
  const lore = { planId, requirementId: 'r', domain: 'places' as const, from: '0.0', writtenBy: 'mo' };
  const { entryId } = await service.ask(fileLore, { ...lore, entry: draft('Low Water') });
  const shown = await service.ask(readEntry, { planId, entryId });
  expect(shown).toMatchObject({ source: 'person', versions: [{ source: 'person', actor: 'mo', sourceRef: 'r' }] });
  const told = await service.ask(readEntries, { planId, names: ['low water'], loreIds: [] });
  expect(told.entries).toEqual([]);
});

it('files a scene and revision once', async () => {
  await fileWorld(service, 'plan-scene', [entry('Ada Quill')]);
  const filing = {
    planId: 'plan-scene',
    sceneId: 's1',
    revision: 1,
    chapter: 1,
    scene: 1,
    pov: 'Ada Quill',
    reflection: {
      worldChanges: [
        { entry: 'Ada Quill', statement: 'Ada has the key.', quote: 'she took the key' },
        { entry: 'A Stranger', statement: 'A stranger left.', quote: 'he left' },
      ],
      memories: [{ persona: 'Ada Quill', text: 'took the key' }],
      obligationsOpened: ['the key with the wrong number'],
      obligationsResolved: [],
    },
  };
  const answers = await many(() => service.ask(fileReflection, filing));
  for (const answer of answers) expect(answer).toEqual({ changes: 2, memories: 1, obligations: 1 });
  await service.ask(fileReflection, { ...filing, reflection: { ...filing.reflection, memories: [] } });

  const counts = await service.query(`SELECT
    (SELECT count(*)::int FROM world_changes WHERE plan_id = 'plan-scene') AS changes,
    (SELECT count(*)::int FROM memories WHERE plan_id = 'plan-scene') AS memories,
    (SELECT count(*)::int FROM obligations WHERE plan_id = 'plan-scene') AS obligations,
    (SELECT count(*)::int FROM reflections WHERE plan_id = 'plan-scene') AS reflections`);
  expect(counts).toEqual([{ changes: 2, memories: 1, obligations: 1, reflections: 1 }]);
  const { items } = await service.ask(listEntries, { planId: 'plan-scene' });
  expect(items[0]!.facts.at(-1)).toMatchObject({
    statement: 'Ada has the key.',
    from: '1.1',
    until: null,
    sceneId: 's1',
  });
});

it('never changes history, not even by hand', async () => {
  await fileWorld(service, 'plan-fixed', [entry('Ada Quill')]);
  const change = service.query(`UPDATE entry_versions SET summary = 'other' WHERE plan_id = 'plan-fixed'`);
  await expect(change).rejects.toThrow(/history and never change/);
});

it('files a roster once; the writer’s baseline goes before the vision’s voice; a changed cast replaces the old', async () => {
  const roster = {
    planId: 'plan-cast',
    author: { name: 'M. Okafor', summary: 'A clock.' },
    cast: VISION.cast,
    briefCast: [{ name: 'ADA QUILL', role: 'protagonist', baseline: 'dry, exact' }],
  };
  for (const answer of await many(() => service.ask(fileRoster, roster))) expect(answer).toEqual({ filed: 2 });
  const first = await service.ask(listRoster, { planId: 'plan-cast', limit: 1 });
  expect(first.items).toMatchObject([{ name: 'Ada Quill', baseline: 'dry, exact', voice: 'short sentences' }]);
  const rest = await service.ask(listRoster, { planId: 'plan-cast', limit: 1, cursor: first.nextCursor! });
  expect(rest).toMatchObject({ items: [{ name: 'Tobias Marsh', baseline: 'short sentences' }], nextCursor: null });

  await service.ask(fileRoster, { ...roster, cast: VISION.cast.slice(1) });
  const { items } = await service.ask(listRoster, { planId: 'plan-cast' });
  expect(items.map((member) => member.name)).toEqual(['Tobias Marsh']);
});

it('lists entries in pages, by name', async () => {
  const names = Array.from({ length: 25 }, (_, n) => `Person ${String.fromCharCode(97 + n)}`);
  await fileWorld(
    service,
    'plan-pages',
    names.toReversed().map((name) => entry(name)),
  );
  const seen: string[] = [];
  for (let cursor: string | undefined; ;) {
    const page = await service.ask(listEntries, { planId: 'plan-pages', limit: 10, cursor });
    seen.push(...page.items.map((item) => item.name));
    if (page.nextCursor === null) break;
    cursor = page.nextCursor;
  }
  expect(seen).toEqual(names);
});

it.each([
  [listEntries, 'zzz'],
  [listRoster, '99999999999'],
  [listRoster, 'zzz'],
] as const)('refuses a cursor that no page has given', async (list, cursor) => {
  const asked = service.ask<unknown, unknown>(list, { planId: 'plan-pages', limit: 10, cursor });
  await expect(asked).rejects.toMatchObject({ code: 'INPUT_INVALID', errors: [{ field: 'cursor' }] });
});

it('refuses what does not fit, naming the field, and answers a world that is not there with a code', async () => {
  const wrong = service.ask(fileLore, {
    planId: 'p',
    requirementId: 'r',
    domain: 'places',
    entry: {},
    from: 'x',
  } as never);
  await expect(wrong).rejects.toMatchObject({
    code: 'INPUT_INVALID',
    errors: expect.arrayContaining([expect.objectContaining({ field: 'entry.name' })]) as unknown,
  });
  const early = service.ask(readEntries, { planId: 'no-world', names: ['Ada'] });
  await expect(early).rejects.toMatchObject({ code: 'WORLD_NOT_READY', status: 503 });
});
