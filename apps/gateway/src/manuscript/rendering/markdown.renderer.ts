import type { Phase, SettledBrief } from '@fiction/contracts';
import type { BookPart, Colophon, Owing } from '../book/book-parts';
import { lineToMarkdown as line, proseToMarkdown } from './escape-markdown';

const SCENE_BREAK = '* * *';
const NOT_WRITTEN = '[This scene is not written yet.]';
const NO_CHAPTER = '[This chapter is not written yet.]';

const WORKS: Record<Phase, string> = {
  vision: 'Vision',
  world: 'World bible',
  planner: 'Planning',
  blueprint: 'Chapter blueprints',
  scroll: 'Scrolls',
  lore: 'Lore',
  scene: 'Scenes',
};

/** A book for reading. Nothing in it tells two runs of the same book apart: no dates, no ids. */
export async function* renderMarkdown(parts: AsyncIterable<BookPart>): AsyncGenerator<string> {
  let firstScene = true;
  for await (const part of parts) {
    switch (part.kind) {
      case 'opening':
        yield titlePage(part.brief);
        break;
      case 'chapter':
        firstScene = true;
        yield chapterHead(part.index, part.title);
        break;
      case 'section':
        // A section's title is a working title; readers see its scenes.
        break;
      case 'scene': {
        const prose = part.draft === null ? NOT_WRITTEN : proseToMarkdown(part.draft.prose);
        yield firstScene ? `\n${prose}\n` : `\n${SCENE_BREAK}\n\n${prose}\n`;
        firstScene = false;
        break;
      }
      case 'closing':
        yield colophon(part.colophon, part.complete, part.owed);
    }
  }
}

function titlePage(brief: SettledBrief): string {
  const kind = line([brief.genre.join(', '), brief.tone, `for readers: ${brief.audience}`].join(' · '));
  return `# ${line(brief.title)}\n\nby ${line(brief.author)}\n\n${kind}\n`;
}

function chapterHead(index: number, title: string | undefined): string {
  if (title === undefined) return `\n## Chapter ${index}\n\n${NO_CHAPTER}\n`;
  return `\n## Chapter ${index}: ${line(title)}\n`;
}

/** Obligations that a colophon names at most. */
const NAMED = 5;

function owing(owed: Owing[]): string {
  const named = owed.slice(0, NAMED).map(({ text }) => `“${line(text)}”`);
  const more = owed.length > NAMED ? ` and ${owed.length - NAMED} more` : '';
  return `Still owed to the reader: ${named.join(', ')}${more}.`;
}

function colophon({ credits, notice }: Colophon, complete: boolean, owed: Owing[]): string {
  const lines = credits.map(({ work, provider, model, scenes }) => {
    const count = scenes === undefined ? '' : ` (${scenes})`;
    return `- ${WORKS[work]}${count}: ${line(provider)} / ${line(model)}`;
  });
  return [
    '\n## Colophon\n',
    `${complete ? 'Woven' : 'Being woven'} from a writer’s brief by Fiction Weaver, with these models:\n`,
    ...lines,
    ...(notice === null ? [] : ['', line(notice)]),
    // What a book in the making owes is nothing to wonder at.
    ...(complete && owed.length > 0 ? ['', owing(owed)] : []),
    ...(complete ? [] : ['', 'This book is not complete yet.']),
    '',
  ].join('\n');
}
