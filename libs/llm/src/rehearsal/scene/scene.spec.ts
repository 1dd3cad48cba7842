import fc from 'fast-check';
import { rehearse } from '../rehearse';
import { countWords } from '../language/wording';

const book = {
  title: 'The Salt Clock',
  author: 'M. Okafor',
  genre: ['mystery'],
  tone: 'wry',
  audience: 'adult',
  pov: 'third-limited',
  tense: 'past',
  language: 'en',
  premise: 'In Halm Ferry, a salt town, the salt clock has never been wrong. Everybody sets a watch by it.',
};

const material = (
  overrides: {
    targetWords?: number;
    beats?: object[];
    cast?: string[];
    pov?: string;
    tense?: string;
    previous?: { summary: string; tail: string };
  } = {},
): object => ({
  book: { ...book, pov: overrides.pov ?? book.pov, tense: overrides.tense ?? book.tense },
  author: { name: 'M. Okafor', baseline: 'wry' },
  chapter: {
    number: 1,
    of: 3,
    title: 'A Start',
    synopsis: 'It starts.',
    plants: ['the brass key stamped with the wrong number'],
    payoffs: [],
  },
  scene: {
    number: 1,
    of: 3,
    goal: 'to get closer to the salt clock than is allowed',
    conflict: 'Tobias Renn answers truly, and to the wrong question.',
    outcome: 'Ada Quill leaves.',
    pov: 'Ada Quill',
    place: 'The inn',
    storyTime: 'the first evening',
    cast: overrides.cast ?? ['Ada Quill', 'Tobias Renn'],
    beats: overrides.beats ?? [
      { text: 'Tobias Renn refuses to let Ada Quill near the salt clock', mentions: ['Tobias Renn', 'salt clock'] },
      { text: 'Tobias Renn opens the ledger', mentions: ['the red ledger', 'page ninety'] },
    ],
  },
  targetWords: overrides.targetWords ?? 600,
  previous: overrides.previous ?? null,
  world: [],
  persona: { name: 'Ada Quill', baseline: 'dry, exact', memories: [], obligations: [] },
});

const draft = (overrides?: Parameters<typeof material>[0]): string => rehearse('scene.draft', material(overrides));
const revise = (extra: { prose: string; findings: object[] }): string =>
  rehearse('scene.revise', { ...material(), ...extra });

describe('a scene', () => {
  it.each([30, 60, 100, 250, 700, 1000, 2500, 5000])(
    'of %i words is as long as asked for, give or take a tenth',
    (targetWords) => {
      const beats = [{ text: 'Ada Quill goes alone to the inn', mentions: ['inn'] }];
      for (const cast of [['Ada Quill', 'Tobias Renn'], ['Ada Quill']]) {
        const words = countWords(draft({ targetWords, beats, cast }));
        expect(words).toBeGreaterThanOrEqual(targetWords * 0.9);
        expect(words).toBeLessThanOrEqual(targetWords * 1.1);
      }
    },
  );

  it('repeats no sentence, however long it is', () => {
    const sentences = draft({ targetWords: 5000 })
      .split(/(?<=[.!?]”?)\s+/)
      .filter((sentence) => countWords(sentence) > 5);
    expect(sentences.filter((sentence, index) => sentences.indexOf(sentence) !== index)).toEqual([]);
  });

  it('takes nothing up that is too large to be taken up', () => {
    const beats = [{ text: 'Ada Quill waits at the inn to see who comes', mentions: ['inn'] }];
    const prose = draft({ targetWords: 5000, beats });
    expect(prose).toContain('the salt clock');
    expect(prose).not.toMatch(
      /the salt clock (up|over|away)\b|\b(on to|pocket where|shut on|turned over) the salt clock/,
    );
  });

  it('plays beats that somebody else has written, in the person and tense of the book', () => {
    expect(draft()).toMatch(/Tobias Renn opened the ledger|Tobias opened the ledger/);
    expect(draft({ tense: 'present' })).toMatch(/Tobias Renn opens the ledger/);
  });

  it('plays a beat that the scene before has just ended with in other words, however often it comes', () => {
    const beats = [{ text: 'Tobias Renn refuses to let Ada Quill near the salt clock', mentions: ['Tobias Renn'] }];
    for (const targetWords of [60, 600]) {
      const heard = new Set<string>();
      let tail = '';
      for (let scene = 0; scene < 6; scene += 1) {
        const prose = draft({ targetWords, beats, ...(tail !== '' && { previous: { summary: 'It was so.', tail } }) });
        const told = prose.split('\n\n').find((paragraph) => paragraph.includes('Tobias Renn'))!;
        expect(heard).not.toContain(told);
        heard.add(told);
        tail = `${tail} ${prose.replaceAll('\n\n', ' ')}`;
      }
    }
  });

  it('has nothing in hand that was left where it lay', () => {
    const text = 'Ada Quill notices the brass key stamped with the wrong number and leaves it where it is';
    const prose = draft({ beats: [{ text, mentions: ['brass key'] }], targetWords: 2500 });
    expect(prose.split('brass key')).toHaveLength(2);
  });

  it('calls the thing it turns on by its article, where nothing else has named it', () => {
    const prose = draft({
      beats: [{ text: 'Something happens', mentions: ['salt clock'] }],
      cast: [],
      targetWords: 30,
    });
    expect(prose).toMatch(/[Tt]he salt clock/);
    expect(prose).not.toMatch(/(?<![Tt]he )salt clock/);
  });

  it('holds any mention to the letter', () => {
    const mention = fc
      .stringMatching(/^[\p{L}\p{N} '’.-]{1,60}$/u)
      .map((text) => text.trim())
      .filter((text) => text !== '');
    fc.assert(
      fc.property(
        fc.array(fc.array(mention, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 6 }),
        (all) => {
          const prose = draft({
            beats: all.map((mentions) => ({ text: 'Something happens', mentions })),
          }).toLowerCase();
          for (const phrase of all.flat()) expect(prose).toContain(phrase.toLowerCase());
        },
      ),
      { numRuns: 50 },
    );
  });

  it('costs little', () => {
    draft({ targetWords: 1000 });
    const start = process.cpuUsage();
    for (let run = 0; run < 50; run += 1) draft({ targetWords: 1000 });
    const used = process.cpuUsage(start);
    // Twenty times what it takes on a slow machine: a guard against accidental squares, no benchmark.
    expect((used.user + used.system) / 1000 / 50).toBeLessThan(40);
  });
});

describe('a revision', () => {
  it('leaves out what was quoted and repeated, and keeps the rest', () => {
    const prose = draft();
    const paragraphs = prose.split('\n\n');
    const quote = paragraphs[2]!.split(/(?<=[.!?]) /)[0]!;
    const revised = revise({
      prose: `${prose}\n\n${paragraphs[0]!}`,
      findings: [{ gate: 'critique', message: 'no', quote }],
    });
    expect(revised).not.toContain(quote);
    expect(revised.split(paragraphs[0]!)).toHaveLength(2);
    expect(revised).toContain(paragraphs[1]!);
  });

  it('leaves out the whole of a paragraph that is found to be copied, of which a part was quoted', () => {
    const prose = draft();
    const paragraph = prose.split('\n\n').find((text) => countWords(text) > 40)!;
    const quote = paragraph.slice(0, paragraph.lastIndexOf(' ', 100));
    const revised = revise({ prose, findings: [{ gate: 'repetition', message: 'copied', quote }] });
    expect(revised).not.toContain(paragraph.slice(-60));
  });

  it('puts in what is missing', () => {
    const prose = 'Ada waited there, and nothing came of it. '.repeat(75);
    const revised = revise({ prose, findings: [] }).toLowerCase();
    for (const mention of ['tobias renn', 'salt clock', 'the red ledger', 'page ninety'])
      expect(revised).toContain(mention);
  });

  it.each([
    ['too long', 1400],
    ['too short', 40],
  ])('mends prose that is %s', (_, words) => {
    const prose = Array.from({ length: words / 20 }, (__, index) => `Number ${index}: ${'word '.repeat(17)}end.`).join(
      '\n\n',
    );
    const revised = countWords(revise({ prose, findings: [{ gate: 'length', message: 'no', quote: null }] }));
    expect(revised).toBeGreaterThanOrEqual(510);
    expect(revised).toBeLessThanOrEqual(690);
  });

  it('writes a scene again that was told in the wrong person', () => {
    const revised = revise({ prose: draft({ pov: 'first' }), findings: [{ gate: 'pov', message: 'no', quote: null }] });
    expect(revised.replace(/“[^”]*”/g, '')).not.toMatch(/\bI\b/);
  });
});
