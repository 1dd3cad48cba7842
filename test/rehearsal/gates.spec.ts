import { briefSchema, POINTS_OF_VIEW, type Brief } from '@fiction/contracts';
import fc from 'fast-check';
import { gateFindings, settled, weaveOffline } from './weave-offline';

const TITLES = [
  'The Salt Clock',
  'Big',
  'Der Brunnen & the Möbius café: a/b',
  'Lighthouse',
  'A Man Walks to a Pub',
  '塩の時計',
  'The Lamplighter’s Ledger',
  'THE TITAN KEY',
];
const PREMISES = [
  'On a station above Titan, Inés Ruiz runs a café whose one long table goes round twice before it meets itself. When the methane well below goes silent, the engineer Ken Oduya asks her to hide a pump in the cellar.',
  'A man walks to a pub.',
  'In Halm Ferry, a salt town, the salt clock has never been wrong. Everybody sets a watch by it. Old Tobias Renn keeps the ledger.',
  'The lighthouse keeper has stopped answering letters, and the light goes on all the same.',
];
const CASTS: Brief['cast'][] = [
  [],
  [{ name: 'Inés Ruiz', role: 'protagonist', baseline: 'brisk, funny' }],
  [
    { name: 'Ada Quill', role: 'protagonist', baseline: 'dry, exact' },
    { name: 'Ken Oduya', role: 'engineer', baseline: 'warm, rambling' },
    { name: 'Mrs Voss', role: 'antagonist', baseline: 'formal' },
  ],
];

/** Lengths that mean a few beats in each scene, one, or hardly one. */
const sizes = fc.record({
  chapters: fc.integer({ min: 1, max: 30 }),
  scenesPerChapter: fc.integer({ min: 1, max: 12 }),
  words: fc.constantFrom(60, 150, 400, 833, 1600),
});

const anySize: fc.Arbitrary<Brief> = fc
  .record({
    title: fc.oneof(fc.constantFrom(...TITLES), fc.stringMatching(/^The [A-Z][a-z]{2,9} [A-Z][a-z]{2,9}$/)),
    author: fc.constantFrom('M. Okafor', 'Zoë Å.', 'A'),
    text: fc.constantFrom(...PREMISES),
    genre: fc.constantFrom(['mystery'], ['fantasy'], ['science fiction'], ['romance'], ['horror'], ['essay']),
    pov: fc.constantFrom(...POINTS_OF_VIEW),
    tense: fc.constantFrom('past' as const, 'present' as const),
    language: fc.constantFrom('en', 'en', 'en', 'de', 'fr'),
    continuity: fc.constantFrom('strict' as const, 'chapter' as const, 'loose' as const),
    cast: fc.constantFrom(...CASTS),
    sizes,
  })
  .map(({ sizes: { chapters, scenesPerChapter, words }, ...brief }) =>
    briefSchema.parse({
      ...brief,
      chapters,
      scenesPerChapter,
      targetWords: Math.max(100, words * chapters * scenesPerChapter),
    }),
  );

/** All turns on a light, and a beat is played by daylight: a word within a word is not a mention. */
const THE_LIGHT = briefSchema.parse({
  title: 'The Egr Atepmxw',
  author: 'M. Okafor',
  text: PREMISES[3],
  genre: ['science fiction'],
  pov: 'first',
  tense: 'past',
  language: 'en',
  continuity: 'chapter',
  cast: CASTS[2],
  chapters: 5,
  scenesPerChapter: 2,
  targetWords: 1500,
});

/** How many scenes of a long book are looked at; neighbours matter, so they are whole chapters. */
const MOST_SCENES = 36;

/** Every finding in the scenes of a book, with where it is. */
function findingsIn(brief: Brief, chapters?: number): string[] {
  const book = weaveOffline(settled(brief), { chapters });
  return book.chapters.flatMap(({ scenes }, chapter) =>
    scenes.flatMap((scene, index) =>
      gateFindings(book, scene).map(
        ({ gate, message, quote }) => `${chapter + 1}.${index + 1} ${gate}: ${message} «${quote}»`,
      ),
    ),
  );
}

describe('the rehearsal fails no book by the gates', () => {
  it('whatever its title, people, person, tense and size', () => {
    fc.assert(
      fc.property(anySize, (brief) => {
        expect(findingsIn(brief, Math.ceil(MOST_SCENES / brief.scenesPerChapter!))).toEqual([]);
      }),
      { seed: 20261121, numRuns: 21, endOnFailure: true, examples: [[THE_LIGHT]] },
    );
  }, 60_000);

  it.each(TITLES)(
    'of 60 chapters of eight scenes, in the first person and the present tense: %s',
    (title) => {
      const brief = {
        title,
        author: 'Zoë Å.',
        text: PREMISES[0],
        genre: ['science fiction'],
        pov: 'first',
        tense: 'present',
      };
      const size = { chapters: 60, scenesPerChapter: 8, targetWords: 400_000, cast: CASTS[1] };
      expect(findingsIn(briefSchema.parse({ ...brief, ...size }))).toEqual([]);
    },
    60_000,
  );
});
