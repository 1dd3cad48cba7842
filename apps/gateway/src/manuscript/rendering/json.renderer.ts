import { sceneDesignSchema, type DraftVersion } from '@fiction/contracts';
import type { BookPart, ChapterPart, ScenePart } from '../book/book-parts';

/** The book as data: nothing that was written is left out, and a part that is not written is `null`. */
export async function* renderJson(parts: AsyncIterable<BookPart>): AsyncGenerator<string> {
  let chapters = 0;
  let sections = 0;
  let scenes = 0;
  const endSection = () => (sections > 0 ? ']}' : '');
  const endChapter = () => (chapters > 0 ? `${endSection()}]}` : '');
  for await (const part of parts) {
    switch (part.kind) {
      case 'opening':
        yield opening(part);
        break;
      case 'chapter':
        yield `${endChapter()}${comma(chapters)}\n${chapterHead(part)}`;
        chapters += 1;
        sections = 0;
        break;
      case 'section':
        yield `${endSection()}${comma(sections)}\n{"title":${JSON.stringify(part.title)},"scenes":[`;
        sections += 1;
        scenes = 0;
        break;
      case 'scene':
        yield `${comma(scenes)}\n${JSON.stringify(sceneDocument(part))}`;
        scenes += 1;
        break;
      case 'closing':
        yield `${endChapter()}],\n"colophon":${JSON.stringify(part.colophon)},"obligations":${JSON.stringify(part.owed)},"complete":${part.complete}}\n`;
    }
  }
}

function opening({ planId, branch, brief }: BookPart & { kind: 'opening' }): string {
  const { title, author, ...rest } = brief;
  const head = {
    format: 'fiction-weaver/manuscript',
    version: 1,
    source: { planId, branch },
    title,
    author,
    ...rest,
    // The number of chapters that were asked for; the chapters themselves follow under the same name.
    chapters: undefined,
    chapterCount: brief.chapters,
  };
  return `${JSON.stringify(head).slice(0, -1)},"chapters":[`;
}

function chapterHead({ index, title, synopsis }: ChapterPart): string {
  const head = JSON.stringify({ index, title: title ?? null, synopsis: synopsis ?? null });
  return `${head.slice(0, -1)},"sections":[`;
}

function sceneDocument({ scene, draft, otherDrafts }: ScenePart) {
  const design = sceneDesignSchema.strip().parse(scene);
  return {
    scene: scene.scene,
    design,
    ...(draft === null ? UNWRITTEN : draftDocument(draft)),
    otherDrafts: otherDrafts.map(draftDocument),
  };
}

/** No ids and times: two runs of the same book give the same document. */
function draftDocument(draft: DraftVersion) {
  const { prose, words, metrics, critique, findings, reflection, summary, revision, version, provider, model } = draft;
  return { prose, words, metrics, critique, findings, reflection, summary, revision, version, provider, model };
}

const UNWRITTEN: Record<keyof ReturnType<typeof draftDocument>, null | 0 | []> = {
  prose: null,
  words: 0,
  metrics: null,
  critique: null,
  findings: [],
  reflection: null,
  summary: null,
  revision: null,
  version: null,
  provider: null,
  model: null,
};

function comma(before: number): string {
  return before > 0 ? ',' : '';
}
