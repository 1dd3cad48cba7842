import { listAccepted, listDrafts } from '@fiction/contracts';
import { ConfigError, type ServiceConfig } from '@fiction/platform';
import { REHEARSAL_NOTICE } from '@fiction/llm';
import { ProviderCatalogue } from '../brief/provider-catalogue';
import { FakeServices } from '../fake-services.fixture';
import { BookSource } from './book/book-source';
import { teachBook, type BookShape } from './book/book.fixture';
import { renderJson } from './rendering/json.renderer';
import { renderMarkdown } from './rendering/markdown.renderer';

const config = { providersPath: undefined, defaultBinding: { provider: 'rehearsal', model: 'novelist' } };
const catalogue = new ProviderCatalogue(config as ServiceConfig);

function sourceOf(shape: BookShape): BookSource {
  const services = new FakeServices();
  teachBook(services, shape);
  return new BookSource(services.requester, catalogue);
}

async function whole(pieces: AsyncIterable<string>): Promise<string> {
  const all: string[] = [];
  for await (const piece of pieces) all.push(piece);
  return all.join('');
}

interface WrittenScene {
  prose: string | null;
  scene: number;
  otherDrafts: { prose: string; revision: number; version: number; critique: unknown }[];
}

const markdownOf = (shape: BookShape, planId = 'p') => whole(renderMarkdown(sourceOf(shape).read(planId, 'main')));
const jsonOf = async (shape: BookShape) =>
  JSON.parse(await whole(renderJson(sourceOf(shape).read('p', 'main', true)))) as {
    title: string;
    complete: boolean;
    chapters: {
      index: number;
      title: string | null;
      sections: { title: string; scenes: WrittenScene[] }[];
    }[];
    colophon: { credits: unknown[]; notice: string | null };
    obligations: unknown[];
  };

describe('the manuscript as Markdown', () => {
  it('has a title page, chapters, breaks between scenes, and a colophon', async () => {
    expect(await markdownOf({ chapters: 2, scenesPerChapter: 2 })).toBe(`# The \\*Salt\\* Clock

by M. Okafor

literary · plain and attentive · for readers: adult

## Chapter 1: Tide 1

Prose 1.1.

* * *

Prose 1.2.

## Chapter 2: Tide 2

Prose 2.1.

* * *

Prose 2.2.

## Colophon

Woven from a writer’s brief by Fiction Weaver, with these models:

- Vision: rehearsal / novelist
- World bible: rehearsal / novelist
- Planning: rehearsal / novelist
- Chapter blueprints: rehearsal / novelist
- Scrolls: rehearsal / novelist
- Lore: rehearsal / novelist
- Scenes (4): rehearsal / novelist

${REHEARSAL_NOTICE}
`);
  });

  it('says what a book that is complete still owes its reader, and nothing of that while it is made', async () => {
    const owed = ['the *key*', 'the debt', 'a letter', 'b', 'c', 'd'];
    const book = await markdownOf({ chapters: 1, scenesPerChapter: 1, owed });
    expect(book).toContain('Still owed to the reader: “a letter”, “b”, “c”, “d”, “the \\*key\\*” and 1 more.');
    const unwritten = { chapters: 1, scenesPerChapter: 1, owed, prose: () => undefined };
    expect(await markdownOf(unwritten)).not.toContain('Still owed');
    expect((await jsonOf(unwritten)).obligations).toHaveLength(6);
    expect((await jsonOf({ chapters: 1, scenesPerChapter: 1, owed: ['x'] })).obligations).toEqual([
      { kind: 'promise', text: 'x', planted: '1.1', due: null },
    ]);
  });

  it('is the same for two runs of the same book', async () => {
    const shape = { chapters: 3, scenesPerChapter: 3 };
    expect(await markdownOf({ ...shape, run: 'a' }, 'one')).toBe(await markdownOf({ ...shape, run: 'b' }, 'two'));
  });

  it('is the same however the services cut their pages', async () => {
    const shape = { chapters: 4, scenesPerChapter: 5 };
    const [small, large] = await Promise.all([1, 100].map((pageSize) => markdownOf({ ...shape, pageSize })));
    expect(small).toBe(large);
  });

  it('holds no more of the book than the page it is at', async () => {
    const services = new FakeServices();
    teachBook(services, { chapters: 250, scenesPerChapter: 20, pageSize: 10 });
    const scenes = new BookSource(services.requester, catalogue).read('p', 'main');
    let seen = 0;
    for await (const part of scenes) {
      if (part.kind === 'scene') seen += 1;
      const pages = services.asked.filter(({ subject }) => subject === listAccepted.subject).length;
      expect(pages * 10).toBeLessThanOrEqual(seen + 10);
    }
    expect(seen).toBe(5_000);
  });

  it('marks what is not written yet and has all the rest', async () => {
    const prose = (chapter: number, scene: number) =>
      chapter === 1 && scene === 2 ? undefined : `P${chapter}${scene}.`;
    const text = await markdownOf({ chapters: 3, scrolls: 2, scenesPerChapter: 2, prose });
    expect(text).toContain('P11.\n\n* * *\n\n[This scene is not written yet.]\n\n## Chapter 2: Tide 2\n\nP21.');
    expect(text).toContain('## Chapter 3\n\n[This chapter is not written yet.]\n');
    expect(text).toContain('This book is not complete yet.');
  });

  it('cannot be broken by what a model writes', async () => {
    const prose = () => '# Chapter 9\n\n* * *\n\n## Colophon\n\n[This scene is not written yet.]\n\n<script>x</script>';
    const text = await markdownOf({ chapters: 1, scenesPerChapter: 1, prose });
    expect(text.match(/^## /gm)).toHaveLength(2);
    expect(text.match(/^# /gm)).toHaveLength(1);
    expect(text).not.toMatch(/^\* \* \*$/m);
    expect(text).not.toMatch(/(?<!\\)<script/);
  });

  it('credits who made each part, and where nothing is made yet whom the brief names', async () => {
    const credit = { work: 'blueprint' as const, provider: 'wire', model: 'maker' };
    const credits = [credit, { ...credit, model: 'mender' }];
    const text = await markdownOf({ chapters: 1, scenesPerChapter: 1, credits });
    expect(text).toContain(`- Planning: rehearsal / novelist
- Chapter blueprints: wire / maker
- Chapter blueprints: wire / mender
- Scrolls: rehearsal / novelist
`);
  });

  it('has no rehearsal notice when a model wrote it', async () => {
    expect(await markdownOf({ chapters: 1, scenesPerChapter: 1, provider: 'openai' })).not.toContain('rehearsal: ');
  });
});

describe('the manuscript as JSON', () => {
  it('has every scene in its chapter and section', async () => {
    const book = await jsonOf({ chapters: 2, scenesPerChapter: 4 });
    expect(book).toMatchObject({
      format: 'fiction-weaver/manuscript',
      version: 1,
      source: { planId: 'p', branch: 'main' },
      title: 'The *Salt* Clock',
      author: 'M. Okafor',
      chapterCount: 2,
      scenesPerChapter: 4,
      text: 'A clock of salt.',
      complete: true,
      colophon: { notice: REHEARSAL_NOTICE },
    });
    expect(book.chapters.map(({ index }) => index)).toEqual([1, 2]);
    expect(book.chapters[1]?.sections.map(({ title, scenes }) => [title, scenes.map(({ prose }) => prose)])).toEqual([
      ['Ebb', ['Prose 2.1.', 'Prose 2.2.']],
      ['Flow', ['Prose 2.3.', 'Prose 2.4.']],
    ]);
    expect(book.chapters[0]?.sections[0]?.scenes[0]).toEqual({
      scene: 1,
      design: expect.objectContaining({ goal: 'find it', beats: [{ text: 'Ada finds it', mentions: ['Ada'] }] }),
      prose: 'Prose 1.1.',
      words: 2,
      metrics: { dialogue: 0.4 },
      critique: null,
      findings: [],
      reflection: null,
      summary: 'It happened.',
      revision: 1,
      version: 2,
      provider: 'rehearsal',
      model: 'novelist',
      otherDrafts: [expect.objectContaining({ version: 1, prose: 'Other 1.1.' })],
    });
  });

  it('has the drafts that were not accepted, and what was said of them', async () => {
    const book = await jsonOf({ chapters: 1, scenesPerChapter: 2 });
    const scenes = book.chapters[0]!.sections.flatMap((section) => section.scenes);
    expect(scenes.map(({ otherDrafts }) => otherDrafts.map(({ prose }) => prose))).toEqual([
      ['Other 1.1.'],
      ['Other 1.2.'],
    ]);
    expect(scenes[1]!.otherDrafts[0]).toMatchObject({
      revision: 1,
      version: 1,
      critique: { verdict: 'revise', problems: [expect.objectContaining({ problem: 'It is flat.' })] },
    });
    expect(JSON.stringify(book)).not.toContain('2024-01-01');
  });

  it('has a later draft too, where the first one stayed the best', async () => {
    const book = await jsonOf({ chapters: 1, scenesPerChapter: 1, accepted: 'the first' });
    const [scene] = book.chapters[0]!.sections.flatMap((section) => section.scenes);
    expect(scene).toMatchObject({
      prose: 'Prose 1.1.',
      version: 1,
      otherDrafts: [{ prose: 'Other 1.1.', version: 2 }],
    });
  });

  it('asks for other drafts only where there can be any', async () => {
    const services = new FakeServices();
    teachBook(services, { chapters: 2, scenesPerChapter: 2, accepted: 'at once' });
    const source = new BookSource(services.requester, catalogue);
    await whole(renderJson(source.read('p', 'main', true)));
    await whole(renderMarkdown(source.read('p', 'main')));
    expect(services.asked.filter(({ subject }) => subject === listDrafts.subject)).toEqual([]);
  });

  it('keeps prose to the letter', async () => {
    const nasty = '# "quoted" \\ \u2028 <b> \u0001 * * *';
    const book = await jsonOf({ chapters: 1, scenesPerChapter: 1, prose: () => nasty });
    expect(book.chapters[0]?.sections[0]?.scenes[0]?.prose).toBe(nasty);
  });

  it('has null where nothing is written', async () => {
    const book = await jsonOf({ chapters: 2, scrolls: 1, scenesPerChapter: 2, prose: () => undefined });
    expect(book.complete).toBe(false);
    expect(book.chapters[0]?.sections[0]?.scenes[0]?.prose).toBeNull();
    expect(book.chapters[1]).toEqual({ index: 2, title: null, synopsis: null, sections: [] });
  });

  it('is JSON for a book of which nothing is there', async () => {
    const book = await jsonOf({ chapters: 1, scrolls: 0, scenesPerChapter: 1 });
    expect(book.chapters).toHaveLength(1);
  });
});

describe('ProviderCatalogue', () => {
  it('refuses to start with a default binding that nobody can follow', () => {
    const wrong = { ...config, defaultBinding: { provider: 'nope', model: 'm' } };
    const start = (): ProviderCatalogue => new ProviderCatalogue(wrong as ServiceConfig);
    expect(start).toThrow(ConfigError);
    expect(start).toThrow(
      /^there is no nope\/m, .*: without a providers file there is only rehearsal\. Set FICTION_DEFAULT_PROVIDER/,
    );
  });
});
