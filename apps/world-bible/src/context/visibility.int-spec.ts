import { CONTINUITIES, fileReflection, readSceneContext, type Continuity, type RequestOf } from '@fiction/contracts';
import type { ServiceUnderTest } from '@fiction/testing';
import fc from 'fast-check';
import { randomUUID } from 'node:crypto';
import { fileWorld, startWorldBible } from '../testing/bible-fixture';
import { entry } from '../testing/entry.builder';

type Filing = RequestOf<typeof fileReflection>;
type Place = { chapter: number; scene: number };

const CHAPTERS = 3;
const SCENES = 4;
const PROMISES = ['the key', 'the letter', 'the debt'];

let service: ServiceUnderTest;
beforeAll(async () => {
  service = await startWorldBible({ replicas: 2 });
});
afterAll(() => service.stop());

/** What a book's scenes filed, in the order of filing; a scene may come in two revisions, the newer one first too. */
const anyFilings = fc
  .array(
    fc.record({
      chapter: fc.integer({ min: 1, max: CHAPTERS }),
      scene: fc.integer({ min: 1, max: SCENES }),
      revision: fc.integer({ min: 1, max: 2 }),
      pov: fc.constantFrom('Ada Quill', 'Tobias Marsh'),
      about: fc.constantFrom('Ada Quill', 'Quill', 'the harbour', 'Nobody'),
      rememberedBy: fc.constantFrom('Ada Quill', 'quill', 'Tobias Marsh'),
      opened: fc.uniqueArray(fc.constantFrom(...PROMISES), { maxLength: 2 }),
      resolved: fc.uniqueArray(fc.constantFrom(...PROMISES), { maxLength: 2 }),
    }),
    { minLength: 1, maxLength: 16 },
  )
  .map((scenes) => {
    const once = new Map(scenes.map((one) => [`${one.chapter}.${one.scene}#${one.revision}`, one]));
    return [...once].map(([tag, one]): Omit<Filing, 'planId'> => {
      const { chapter, scene, revision, pov } = one;
      return {
        branch: 'main',
        sceneId: `${chapter}-${scene}`,
        revision,
        chapter,
        scene,
        pov,
        reflection: {
          worldChanges: [
            { kind: 'fact-begins', to: '', entry: one.about, statement: `changed in ${tag}`, quote: 'as seen' },
          ],
          memories: [{ persona: one.rememberedBy, text: `remembers ${tag}` }],
          obligationsOpened: one.opened,
          obligationsResolved: one.resolved,
        },
      };
    });
  });

const before = (a: Place, b: Place): boolean => a.chapter < b.chapter || (a.chapter === b.chapter && a.scene < b.scene);

/** The rule, said plainly. */
function visibleTo(at: Place, continuity: Continuity, filings: Omit<Filing, 'planId'>[]): Omit<Filing, 'planId'>[] {
  if (continuity === 'loose') return [];
  return filings
    .filter((one) => before(one, at) && (continuity === 'strict' || one.chapter === at.chapter))
    .filter((one) => !filings.some((other) => other.sceneId === one.sceneId && other.revision > one.revision))
    .sort((a, b) => (before(a, b) ? -1 : 1));
}

function expected(at: Place, continuity: Continuity, filings: Omit<Filing, 'planId'>[]) {
  const visible = visibleTo(at, continuity, filings);
  const memories = visible.flatMap(({ reflection }) => reflection.memories);
  const owed = visible
    .filter((one) => one.pov === 'Ada Quill')
    .flatMap((one) => one.reflection.obligationsOpened.map((text) => ({ text, one })))
    .filter(({ text, one }) => {
      return !visible.some((other) => other.reflection.obligationsResolved.includes(text) && !before(other, one));
    })
    .map(({ text }) => text);
  return {
    memories: memories
      .filter(({ persona }) => persona !== 'Tobias Marsh')
      .map(({ text }) => text)
      .slice(-12),
    obligations: owed.filter((text, index) => owed.lastIndexOf(text) === index),
    facts: visible
      .flatMap((one) =>
        one.reflection.worldChanges.map((change) => ({ ...change, from: `${one.chapter}.${one.scene}` })),
      )
      .filter((change) => change.entry === 'Ada Quill' || change.entry === 'Quill')
      .map(({ statement, from }) => ({ statement, from })),
  };
}

async function seen(planId: string, at: Place, continuity: Continuity) {
  const context = await service.ask(readSceneContext, {
    planId,
    ...at,
    continuity,
    names: ['the harbour'],
    pov: 'Ada Quill',
    loreIds: [],
    budgetTokens: 4000,
  });
  const ada = context.entries.find((one) => one.name === 'Ada Quill')!;
  const { memories, obligations } = context.persona;
  return { memories, obligations, facts: ada.facts.filter((fact) => fact.from !== '0.0') };
}

it('shows a scene what surely came before it and nothing else, in whatever order the scenes were filed', async () => {
  await fc.assert(
    fc.asyncProperty(anyFilings, fc.array(fc.nat(), { minLength: 16, maxLength: 16 }), async (filings, turns) => {
      const planId = randomUUID();
      await fileWorld(service, planId, [
        entry('Ada Quill', { aliases: ['Quill'] }),
        entry('Tobias Marsh'),
        entry('The Harbour', { type: 'location' }),
      ]);
      const shuffled = filings.map((one, n) => ({ one, turn: turns[n]! })).sort((a, b) => a.turn - b.turn);
      await Promise.all(shuffled.map(({ one }) => service.ask(fileReflection, { ...one, planId })));
      for (let chapter = 1; chapter <= CHAPTERS; chapter += 1) {
        for (const scene of [1, SCENES]) {
          for (const continuity of CONTINUITIES) {
            const at = { chapter, scene };
            expect({ at, continuity, ...(await seen(planId, at, continuity)) }).toEqual({
              at,
              continuity,
              ...expected(at, continuity, filings),
            });
          }
        }
      }
    }),
    { numRuns: 25 },
  );
});
