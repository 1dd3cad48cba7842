import fc from 'fast-check';
import {
  briefSchema,
  MAX_BRIEF_TEXT,
  settleBrief,
  settledBriefSchema,
  wordsPerScene,
  type Brief,
} from './brief.schema';
import { fieldProblems } from '../errors';
import { PHASES } from '../plan/phases';

const least = { title: 'The Salt Clock', author: 'M. Okafor', text: 'A clock keeps time with the tide.' };
const binding = { provider: 'rehearsal', model: 'novelist' };

function problemsOf(brief: unknown): string[] {
  const parsed = briefSchema.safeParse(brief);
  return parsed.success ? [] : fieldProblems(parsed.error).map((problem) => problem.field);
}

describe('a brief', () => {
  it('needs a title, an author and a premise, and no more', () => {
    expect(problemsOf(least)).toEqual([]);
    expect(problemsOf({})).toEqual(['title', 'author', 'text']);
  });

  const bad: [string, object, string][] = [
    ['no chapter', { chapters: 0 }, 'chapters'],
    ['ten thousand chapters', { chapters: 10_000 }, 'chapters'],
    ['half a chapter', { chapters: 1.5 }, 'chapters'],
    ['chapters in words', { chapters: 'three' }, 'chapters'],
    ['no scene in a chapter', { scenesPerChapter: 0 }, 'scenesPerChapter'],
    ['too many scenes', { scenesPerChapter: 41 }, 'scenesPerChapter'],
    ['no words', { targetWords: 0 }, 'targetWords'],
    ['infinitely many words', { targetWords: Infinity }, 'targetWords'],
    ['scenes too long to be written at once', { chapters: 1, scenesPerChapter: 1, targetWords: 10_001 }, 'targetWords'],
    ['scenes too long in the default size', { targetWords: 400_021 }, 'targetWords'],
    ['no planning pass', { planningPasses: 0 }, 'planningPasses'],
    ['an unknown continuity', { continuity: 'tight' }, 'continuity'],
    ['an unknown point of view', { pov: 'second' }, 'pov'],
    ['an unknown tense', { tense: 'future' }, 'tense'],
    ['a language that is none', { language: 'English' }, 'language'],
    ['no genre in the list', { genre: [] }, 'genre'],
    ['a genre that is no list', { genre: 'mystery' }, 'genre'],
    ['an empty title', { title: '  ' }, 'title'],
    ['a title of two lines', { title: 'one\ntwo' }, 'title'],
    ['a title that never ends', { title: 'x'.repeat(201) }, 'title'],
    ['an author that is a number', { author: 7 }, 'author'],
    ['an empty premise', { text: ' \n ' }, 'text'],
    ['five megabytes of premise', { text: 'x'.repeat(5_000_000) }, 'text'],
    ['control characters in the premise', { text: 'a\u0000b' }, 'text'],
    ['control characters in the title', { title: 'a\u001bb' }, 'title'],
    ['control characters of the second set', { tone: 'a\u009bb' }, 'tone'],
    ['half a binding', { bindings: { scene: { provider: 'local' } } }, 'bindings.scene.model'],
    ['a binding of no phase', { bindings: { epilogue: binding } }, 'bindings.epilogue'],
    ['a field that nobody knows', { chapterz: 3 }, 'chapterz'],
    ['a person without a name', { cast: [{ role: 'protagonist' }] }, 'cast.0.name'],
    ['a negative budget', { budget: { usd: -1 } }, 'budget.usd'],
    ['an unknown lore policy', { lore: { policy: 'never' } }, 'lore.policy'],
  ];
  it.each(bad)('with %s is refused, and the field named', (_what, wrong, field) => {
    expect(problemsOf({ ...least, ...wrong })).toEqual([field]);
  });

  it('with many problems has all of them named', () => {
    const fields = problemsOf({ title: '', author: 'x\u0000', text: 'fine', chapters: 0, pov: 'x', odd: 1 });
    expect(fields.sort()).toEqual(['author', 'chapters', 'odd', 'pov', 'title']);
  });

  it.each([
    ['a list', []],
    ['text', 'x'],
    ['nothing', null],
    ['a number', 7],
  ])('that is %s is refused', (_what, brief) => {
    expect(problemsOf(brief)).toEqual(['(whole)']);
  });

  it('may use tabs, line ends and every script in its premise, up to its full length', () => {
    expect(problemsOf({ ...least, text: 'a\tb\r\nc 時計 🕰 é' })).toEqual([]);
    expect(problemsOf({ ...least, text: 'x'.repeat(MAX_BRIEF_TEXT) })).toEqual([]);
  });

  it('never makes the check itself fail, whatever it holds', () => {
    fc.assert(
      fc.property(fc.anything(), (brief) => {
        const parsed = briefSchema.safeParse(brief);
        if (!parsed.success) expect(fieldProblems(parsed.error).length).toBeGreaterThan(0);
      }),
    );
  });
});

describe('settleBrief', () => {
  it('fills what is left out, so that nothing later runs on a hidden default', () => {
    const settled = settleBrief(briefSchema.parse(least), binding);
    expect(settledBriefSchema.parse(settled)).toEqual(settled);
    expect(settled).toMatchObject({
      ...least,
      language: 'en',
      chapters: 10,
      scenesPerChapter: 4,
      continuity: 'chapter',
    });
    expect(settled.bindings).toEqual(Object.fromEntries(PHASES.map((phase) => [phase, binding])));
    expect(settled.budget).toEqual({ usd: null, tokens: null });
  });

  it('keeps what is given', () => {
    const given: Brief = {
      ...least,
      language: 'pt-BR',
      genre: ['mystery'],
      tone: 'wry',
      audience: 'young adult',
      pov: 'first',
      tense: 'present',
      chapters: 3,
      scenesPerChapter: 2,
      targetWords: 5_000,
      planningPasses: 1,
      continuity: 'strict',
      cast: [{ name: 'Ada Quill', role: 'protagonist', baseline: 'dry' }],
      lore: { policy: 'manual', slaSeconds: 60, approval: 'human' },
      obligations: { scenes: 5, hours: 24 },
      sample: 'The tide had gone out before anybody was awake. '.repeat(8).trim(),
      drift: { threshold: 0.7 },
      budget: { usd: 0, tokens: 1 },
    };
    const { bindings: _bindings, ...settled } = settleBrief(briefSchema.parse(given), binding);
    expect(settled).toEqual(given);
  });

  it("prefers a phase's binding to the brief's default, and that to the installation's", () => {
    const mine = { provider: 'local', model: 'small' };
    const scene = { provider: 'local', model: 'large' };
    const { bindings } = settleBrief({ ...least, bindings: { default: mine, scene } }, binding);
    expect(bindings).toMatchObject({ vision: mine, lore: mine, scene });
    expect(settleBrief({ ...least, bindings: { scene } }, binding).bindings).toMatchObject({ vision: binding, scene });
  });

  it('names a book of scenes that are too long beside whatever else is wrong', () => {
    expect(problemsOf({ chapters: 2, scenesPerChapter: 1, targetWords: 5_000_000 })).toEqual([
      ...['title', 'author', 'text', 'targetWords'],
    ]);
    expect(problemsOf({ ...least, chapters: 100, scenesPerChapter: 5, targetWords: 5_000_000 })).toEqual([]);
  });

  it('settles every valid brief into a valid one', () => {
    const chapters = fc.option(fc.integer({ min: 1, max: 400 }), { nil: undefined });
    const scenes = fc.option(fc.integer({ min: 1, max: 40 }), { nil: undefined });
    const words = fc.option(fc.integer({ min: 100, max: 5_000_000 }), { nil: undefined });
    fc.assert(
      fc.property(chapters, scenes, words, (c, s, w) => {
        const size = { chapters: c, scenesPerChapter: s, targetWords: w };
        fc.pre(problemsOf({ ...least, ...size }).length === 0);
        const brief = briefSchema.parse({ ...least, ...size });
        const settled = settledBriefSchema.parse(settleBrief(brief, binding));
        expect(wordsPerScene(settled)).toBeGreaterThanOrEqual(30);
      }),
    );
  });
});
