import { briefSchema, POINTS_OF_VIEW, type Brief } from '@fiction/contracts';
import fc from 'fast-check';
import { settled, weaveOffline } from './weave-offline';

const NAMES = [
  'Ada Quill',
  'Жанна Д’Арк',
  '山田 太郎',
  'Ñandú',
  'o',
  'Dr. X. Ó Súilleabháin',
  '{b} [be]',
  '</material>',
  'The Ferryman',
  '—',
];
const WORDS = [
  'clock',
  'salt',
  'the',
  'Ada',
  'was',
  'In Halm Ferry',
  'ledger.',
  '\n\n',
  'library',
  '“why?”',
  '塩の時計。',
  '<b>',
  '{P}',
  'x'.repeat(400),
];
const GENRES = ['mystery', 'Fantasy', 'science fiction', 'romance', 'horror', 'cookery', 'ミステリー'];

const line = (max: number): fc.Arbitrary<string> =>
  fc
    .oneof(fc.constantFrom(...NAMES), fc.string({ unit: 'grapheme', minLength: 1, maxLength: max }))
    .map((text) =>
      text
        .replace(/[\p{Cc}\u2028\u2029]/gu, '')
        .trim()
        .slice(0, max)
        .trim(),
    )
    .filter((text) => text !== '');

const anyBrief: fc.Arbitrary<Brief> = fc
  .record(
    {
      title: fc.oneof(line(200), fc.constantFrom('The Salt Clock', 'A', 'Uhr')),
      author: line(60),
      text: fc.oneof(
        fc.array(fc.constantFrom(...WORDS), { minLength: 1, maxLength: 40 }).map((words) => words.join(' ')),
        line(80),
      ),
      genre: fc.array(fc.constantFrom(...GENRES), { minLength: 1, maxLength: 3 }),
      tone: line(80),
      pov: fc.constantFrom(...POINTS_OF_VIEW),
      tense: fc.constantFrom('past' as const, 'present' as const),
      chapters: fc.integer({ min: 1, max: 400 }),
      scenesPerChapter: fc.integer({ min: 1, max: 40 }),
      planningPasses: fc.integer({ min: 1, max: 2 }),
      cast: fc.array(fc.record({ name: line(100), role: line(100), baseline: line(200) }), { maxLength: 24 }),
    },
    { requiredKeys: ['title', 'author', 'text'] },
  )
  .chain((brief) =>
    fc.integer({ min: 30, max: 500 }).map((words) => ({
      ...brief,
      targetWords: Math.max(100, Math.min(5_000_000, words * (brief.chapters ?? 10) * (brief.scenesPerChapter ?? 4))),
    })),
  )
  .filter((brief) => briefSchema.safeParse(brief).success);

describe('any valid brief', () => {
  // `weaveOffline` parses each answer with the schema of its task, counts included, and throws where one does not fit.
  it('becomes a valid book with the chapters and scenes it asks for', () => {
    fc.assert(
      fc.property(anyBrief, (input) => {
        const brief = settled(briefSchema.parse(input));
        const book = weaveOffline(brief, { chapters: brief.scenesPerChapter > 10 ? 1 : 2 });
        expect(book.passes.at(-1)!.chapters).toHaveLength(brief.chapters);
        for (const { scenes, blueprint } of book.chapters) {
          expect(scenes).toHaveLength(brief.scenesPerChapter);
          expect(blueprint.beats.length).toBeLessThanOrEqual(brief.scenesPerChapter * 6);
          for (const { design, prose } of scenes) {
            expect(prose.trim()).not.toBe('');
            for (const mention of design.beats.flatMap(({ mentions }) => mentions)) {
              expect(prose.toLowerCase()).toContain(mention.toLowerCase());
            }
          }
        }
      }),
      { numRuns: 30, endOnFailure: true },
    );
  }, 60_000);

  it('of one word and one scene is written too', () => {
    const brief = settled(
      briefSchema.parse({ title: 'A', author: 'B', text: 'C', chapters: 1, scenesPerChapter: 1, targetWords: 100 }),
    );
    const [chapter] = weaveOffline(brief).chapters;
    expect(chapter!.scenes).toHaveLength(1);
    expect(chapter!.blueprint.payoffs).toEqual(chapter!.blueprint.plants);
  });

  it('of 400 chapters has 400 titles', () => {
    const brief = settled(
      briefSchema.parse({ title: 'A', author: 'B', text: 'C', chapters: 400, scenesPerChapter: 1 }),
    );
    const titles = weaveOffline(brief, { chapters: 1 })
      .passes.at(-1)!
      .chapters.map(({ title }) => title);
    expect(new Set(titles).size).toBe(400);
  });
});
