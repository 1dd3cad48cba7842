import { fileLore, fileReflection, readSceneContext, readWorldIndex, type RequestOf } from '@fiction/contracts';
import type { ServiceUnderTest } from '@fiction/testing';
import type { BibleEntry } from '../bible/bible-entry';
import { fileWorld, startWorldBible } from '../testing/bible-fixture';
import { draft, entry } from '../testing/entry.builder';

let service: ServiceUnderTest;
beforeAll(async () => {
  service = await startWorldBible();
});
afterAll(() => service.stop());

const WORLD: BibleEntry[] = [
  entry('Ada Quill', {
    aliases: ['Quill', 'the assessor'],
    facts: [
      { statement: 'Ada counts twice.', from: '0.0', until: null },
      { statement: 'Ada is paid by the Office.', from: '0.0', until: '2.1' },
      { statement: 'Ada is alone.', from: '2.1', until: null },
    ],
    relations: [{ to: 'the Office', kind: 'works for' }],
  }),
  entry('Tobias Marsh', { relations: [{ to: 'Brine Harbour', kind: 'was born in' }] }),
  entry('The Office', { type: 'faction' }),
  entry('Brine Harbour', { type: 'location' }),
  entry('The Two Inventories', { type: 'history' }),
  entry('No Lamps', {
    type: 'rule',
    facts: [
      { statement: 'Nobody lights a lamp on the quay.', from: '0.0', until: null },
      { statement: 'Lamps are allowed again.', from: '3.1', until: null },
    ],
  }),
];

const question = (planId: string, over: Partial<RequestOf<typeof readSceneContext>> = {}) => ({
  planId,
  chapter: 1,
  scene: 2,
  continuity: 'chapter' as const,
  names: ['at Brine Harbour'],
  pov: 'Ada Quill',
  loreIds: [] as string[],
  budgetTokens: 3000,
  ...over,
});

it('chooses by mention, then relation, as it holds at the scene’s story time', async () => {
  await fileWorld(service, 'plan', WORLD, ['Mother Salt']);
  const first = await service.ask(readSceneContext, question('plan'));
  expect(first.entries.map((one) => one.name)).toEqual(['Ada Quill', 'Brine Harbour', 'The Office', 'Tobias Marsh']);
  expect(first.entries[0]!.facts.map((fact) => fact.statement)).toEqual([
    'Ada counts twice.',
    'Ada is paid by the Office.',
  ]);
  expect(first.persona).toEqual({ name: 'Ada Quill', baseline: 'dry', memories: [], obligations: [] });
  expect(first.author).toEqual({ name: 'M. Okafor', summary: 'A clock.' });
  expect(first.lockedFacts).toEqual([{ entry: 'No Lamps', statement: 'Nobody lights a lamp on the quay.' }]);
  expect(first.knownNames).toEqual(expect.arrayContaining(['the assessor', 'M. Okafor', 'Mother Salt', 'No Lamps']));

  const later = await service.ask(readSceneContext, question('plan', { chapter: 3, scene: 1 }));
  expect(later.entries[0]!.facts.map((fact) => fact.statement)).toEqual(['Ada counts twice.', 'Ada is alone.']);
  expect(later.lockedFacts).toHaveLength(2);
});

it('finds the point-of-view person by alias, and makes do with the bible for one who is in no roster', async () => {
  await fileWorld(service, 'plan-pov', WORLD);
  const alias = await service.ask(readSceneContext, question('plan-pov', { pov: 'The Assessor' }));
  expect(alias.persona).toMatchObject({ name: 'Ada Quill', baseline: 'dry' });
  const minor = await service.ask(readSceneContext, question('plan-pov', { pov: 'Tobias Marsh' }));
  expect(minor.persona.baseline).toBe('Tobias Marsh, as everybody knows it.');
  const unknown = await service.ask(readSceneContext, question('plan-pov', { pov: 'Nobody' }));
  expect(unknown.persona).toEqual({ name: 'Nobody', baseline: '', memories: [], obligations: [] });
});

it('answers the same whatever the order in which entries, lore and reflections were filed', async () => {
  const lore = ['a', 'b', 'c'].map((id) => ({
    requirementId: id,
    domain: 'places' as const,
    entry: draft(id === 'c' ? 'Low Water' : 'The Deep Quay', { summary: `As ${id} has it.` }),
    from: '0.0',
  }));
  const scenes = [1, 2, 3].map((scene) => ({
    sceneId: `s${scene}`,
    revision: 1,
    chapter: 1,
    scene,
    pov: 'Ada Quill',
    reflection: {
      worldChanges: [{ entry: 'Low Water', statement: `It fell in scene ${scene}.`, quote: 'it fell' }],
      memories: [{ persona: 'Quill', text: `saw scene ${scene}` }],
      obligationsOpened: [`promise ${scene}`],
      obligationsResolved: [],
    },
  }));
  const answers = await Promise.all(
    [false, true].map(async (backwards) => {
      const planId = `plan-order-${backwards}`;
      const turned = <T>(items: readonly T[]): T[] => (backwards ? items.toReversed() : [...items]);
      await fileWorld(service, planId, turned(WORLD), turned(['Mother Salt', 'Kit']));
      for (const one of turned(lore)) await service.ask(fileLore, { ...one, planId });
      for (const one of turned(scenes)) await service.ask(fileReflection, { ...one, planId });
      const loreIds = turned(lore.map((one) => one.requirementId));
      const context = await service.ask(readSceneContext, question(planId, { scene: 4, loreIds }));
      // Numbers of versions and ids tell in which order and in which plan it was filed.
      context.sources = context.sources!.map((source) => ({ ...source, entryId: '', version: 0 }));
      return { context, index: await service.ask(readWorldIndex, { planId, loreIds }) };
    }),
  );
  expect(answers[1]).toEqual(answers[0]);
  const { context } = answers[0]!;
  expect(context.persona.memories).toEqual(['saw scene 1', 'saw scene 2', 'saw scene 3']);
  expect(context.persona.obligations).toEqual(['promise 1', 'promise 2', 'promise 3']);
  // Lore that nothing mentions comes last; two tellings of one place are one entry.
  expect(context.entries.slice(-2).map((one) => one.name)).toEqual(['The Deep Quay', 'Low Water']);
  expect(context.entries.at(-1)!.facts.map((fact) => fact.from)).toEqual(['0.0', '1.1', '1.2', '1.3']);
});

it('keeps within the budget', async () => {
  const facts = Array.from({ length: 12 }, (_, n) => ({ statement: 'x'.repeat(280), from: `0.${n}`, until: null }));
  const long = Array.from({ length: 20 }, (_, n) => entry(`Person ${n} Long`, { summary: 'y'.repeat(1500), facts }));
  await fileWorld(service, 'plan-long', [...WORLD, ...long]);
  for (const budgetTokens of [100, 700, 2500]) {
    const names = long.map((one) => one.name);
    const { entries } = await service.ask(readSceneContext, question('plan-long', { names, budgetTokens }));
    expect(JSON.stringify(entries).length).toBeLessThanOrEqual(budgetTokens * 4 + 2 * entries.length + 2);
    expect(entries.length).toBeGreaterThan(0);
  }
});

it('sees a world that was written anew, and a roster that changed', async () => {
  await fileWorld(service, 'plan-anew', [entry('Ada Quill', { summary: 'Old.' })]);
  const read = async () => (await service.ask(readSceneContext, question('plan-anew'))).entries[0]!.summary;
  expect(await read()).toBe('Old.');
  await service.query(`DELETE FROM entry_versions WHERE plan_id = 'plan-anew'`);
  await fileWorld(service, 'plan-anew', [entry('Ada Quill', { summary: 'New.' })]);
  expect(await read()).toBe('New.');
});
