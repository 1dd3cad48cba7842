import { briefSchema, openedObligation, type SettledBrief } from '@fiction/contracts';
import { gateFindings, readBrief, settled, weaveOffline, type OfflineBook, type OfflineScene } from './weave-offline';

const BRIEFS = ['the-salt-clock.md', 'the-second-signal.md', 'the-oath-lamp.md'];
const books = new Map<string, OfflineBook>();
const bookOf = (file: string): OfflineBook => {
  const known = books.get(file) ?? weaveOffline(settled(readBrief(file)));
  books.set(file, known);
  return known;
};
const scenesOf = (book: OfflineBook): OfflineScene[] => book.chapters.flatMap(({ scenes }) => scenes);
const wordsOf = (text: string): number => text.split(/\s+/).filter((word) => word !== '').length;
/** The long paragraphs of each scene, whoever they are told of. */
const tellingsOf = ({ vision, chapters }: OfflineBook): string[][] => {
  const names = vision.cast.flatMap(({ name }) => [name, ...name.split(' ')]).join('|');
  const person = new RegExp(`(?<!\\p{L})(?:${names}|s?he|him|his|hers?)(?!\\p{L})`, 'giu');
  return chapters
    .flatMap(({ scenes }) => scenes)
    .map(({ prose }) =>
      prose
        .split('\n\n')
        .filter((text) => wordsOf(text) >= 12)
        .map((text) => text.replace(person, '_')),
    );
};
/** Those that one of the `scenes` before has told already. */
const toldBefore = (tellings: readonly string[][], scenes: number): string[] =>
  tellings.flatMap((texts, at) => {
    const before = new Set(tellings.slice(Math.max(0, at - scenes), at).flat());
    return texts.filter((text) => before.has(text));
  });
const narrationOf = (prose: string): string => prose.replace(/“[^”]*”?/g, '');

describe.each(BRIEFS)('a whole book from %s, through the real prompts', (file) => {
  const brief: SettledBrief = settled(readBrief(file));
  const book = bookOf(file);
  const scenes = scenesOf(book);

  it('has the chapters and scenes that were asked for', () => {
    expect(book.chapters).toHaveLength(brief.chapters);
    for (const { scenes: list } of book.chapters) expect(list).toHaveLength(brief.scenesPerChapter);
    const titles = book.chapters.map(({ blueprint }) => blueprint.title);
    expect(new Set(titles).size).toBe(titles.length);
  });

  it('carries the people of the brief into every part', () => {
    const names = brief.cast.map(({ name }) => name);
    expect(book.vision.cast.map(({ name }) => name)).toEqual(expect.arrayContaining(names));
    expect(book.world.map(({ name }) => name)).toEqual(expect.arrayContaining(names));
    const outline = JSON.stringify(book.passes.at(-1)!.chapters);
    const cast = new Set(scenes.flatMap(({ design }) => design.cast));
    const prose = scenes.map((scene) => scene.prose).join('\n');
    for (const name of names) {
      expect([name, outline.includes(name)]).toEqual([name, true]);
      expect([name, cast.has(name)]).toEqual([name, true]);
    }
    for (const name of names) expect([name, prose.includes(name.split(' ').at(-1)!)]).toEqual([name, true]);
  });

  it('is about what the title names', () => {
    const core = book.brief.title.replace(/^The /, '').toLowerCase();
    for (const { scenes: list } of book.chapters) {
      expect(
        list
          .map(({ prose }) => prose)
          .join('\n')
          .toLowerCase(),
      ).toContain(core);
    }
  });

  it('passes every gate of the scene weaver', () => {
    for (const [index, scene] of scenes.entries()) expect([index, gateFindings(book, scene)]).toEqual([index, []]);
  });

  it('plays the beats to the letter, each at its place', () => {
    for (const { design, prose } of scenes) {
      for (const mention of design.beats.flatMap(({ mentions }) => mentions)) {
        expect([mention, prose.toLowerCase().includes(mention.toLowerCase())]).toEqual([mention, true]);
      }
    }
  });

  it('keeps within ten per cent of the length', () => {
    for (const { material, prose } of scenes) {
      expect(wordsOf(prose)).toBeGreaterThanOrEqual(material.targetWords * 0.9);
      expect(wordsOf(prose)).toBeLessThanOrEqual(material.targetWords * 1.1);
    }
  });

  it('holds person and tense', () => {
    for (const { prose } of scenes) {
      const narration = narrationOf(prose);
      const count = (pattern: RegExp): number => narration.match(pattern)?.length ?? 0;
      if (brief.pov === 'first') expect(count(/\b(I|me|my)\b/g)).toBeGreaterThan(10);
      else expect(narration).not.toMatch(/\b(I|me|my|mine|myself)\b/);
      const past = count(/\b(was|were|had|did)\b/g);
      const present = count(/\b(is|am|are|has|have|does)\b/g);
      expect(brief.tense === 'past' ? past > 5 * present : present > 5 * past).toBe(true);
    }
  });

  it('repeats no paragraph in the whole book', () => {
    const paragraphs = scenes
      .flatMap(({ prose }) => prose.split('\n\n'))
      .filter((paragraph) => wordsOf(paragraph) >= 12);
    const repeated = paragraphs.filter((paragraph, index) => paragraphs.indexOf(paragraph) !== index);
    expect(repeated).toEqual([]);
  });

  it('tells nothing of somebody else that one of the four scenes before has told', () => {
    expect(toldBefore(tellingsOf(book), 4)).toEqual([]);
  });

  it('handles nothing that is yet to be found', () => {
    const prose = scenes
      .map((scene) => scene.prose)
      .join('\n')
      .toLowerCase();
    for (const plant of book.chapters.flatMap(({ blueprint }) => blueprint.plants)) {
      const called = plant.split(' ').slice(0, 3).join(' ');
      expect([plant, prose.indexOf(called)]).toEqual([plant, prose.indexOf(plant)]);
    }
  });

  it('has no left-over of its own making', () => {
    const everything = JSON.stringify(book.chapters);
    expect(everything).not.toMatch(/undefined|\[object|\{[a-z.]+\}|\bthe the\b|\ba a\b| {2}|NaN/);
  });

  it('pays off later what it plants', () => {
    const [first, second] = book.chapters;
    const last = book.chapters.at(-1)!;
    expect(first!.blueprint.plants).not.toHaveLength(0);
    expect(second!.blueprint.payoffs).toContain(first!.blueprint.plants[0]);
    expect(last.blueprint.payoffs).toContain(first!.blueprint.plants[1]);
    expect(last.blueprint.plants).toEqual([]);
    const opened = new Set(
      scenes.flatMap(({ reflection }) => reflection.obligationsOpened.map((one) => openedObligation(one).text)),
    );
    const resolved = new Set(scenes.flatMap(({ reflection }) => reflection.obligationsResolved));
    expect(opened.size).toBeGreaterThan(1);
    expect([...opened].filter((plant) => !resolved.has(plant))).toEqual([]);
  });

  it('quotes what the prose says when it reflects', () => {
    for (const { prose, reflection } of scenes) {
      expect(reflection.worldChanges.length).toBeGreaterThan(0);
      for (const { quote } of reflection.worldChanges) expect(prose).toContain(quote);
    }
  });

  it('comes out the same again', () => {
    expect(weaveOffline(brief)).toEqual(book);
  });
});

describe('critique and revision', () => {
  it('sends some scenes back, and the revision leaves out what was quoted', () => {
    const all = BRIEFS.flatMap((file) => scenesOf(bookOf(file)));
    const revised = all.filter(({ critique }) => critique.verdict === 'revise');
    expect(revised.length).toBeGreaterThan(0);
    expect(revised.length).toBeLessThan(all.length / 3);
    for (const { critique, draft, prose } of revised) {
      expect(draft).toContain(critique.problems[0]!.quote);
      expect(prose).not.toContain(critique.problems[0]!.quote);
    }
  });
});

describe('a book of the default size', () => {
  it('repeats one long paragraph in four at most, and none often', () => {
    const text =
      'The lighthouse keeper at Cape Vell has stopped answering letters, and the light goes on all the same.';
    const book = weaveOffline(settled(briefSchema.parse({ title: 'Cape Vell', author: 'A', text })));
    const paragraphs = scenesOf(book)
      .flatMap(({ prose }) => prose.split('\n\n'))
      .filter((paragraph) => wordsOf(paragraph) >= 12);
    const counts = new Map<string, number>();
    for (const paragraph of paragraphs) counts.set(paragraph, (counts.get(paragraph) ?? 0) + 1);
    expect(counts.size).toBeGreaterThan(paragraphs.length * 0.75);
    expect(Math.max(...counts.values())).toBeLessThan(8);
    expect(toldBefore(tellingsOf(book), 1)).toEqual([]);
  });
});
