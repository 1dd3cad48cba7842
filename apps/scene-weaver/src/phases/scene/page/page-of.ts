import { isAfterword, isCloser, isOpener, isRule } from './around-the-page';
import { unwrapped } from './unwrapped';

/** Where a block of Markdown code begins or ends. */
const FENCE = /^[ \t]*(?:`{3,}|~{3,})/;
/** How models number the beats that they were given, on lines of their own and in front of others; no story counts any. */
const BEAT_LINE =
  /^[ \t]*(?:[[(*_#]+[ \t]*beat[ \t]+\d+\b[^\n.!?“”"\])]{0,100}[\])*_:]*|beat[ \t]+\d+:?)[ \t]*(?:\r?\n\s*|$)/gim;
const BEAT_BEFORE = /^[ \t]*(\*\*|__|\[)beat[ \t]+\d+:?(?:\*\*|__|\]):?[ \t]+(?=\S)/gim;
/** Paragraphs at the end in which an afterword is looked for. */
const LONGEST_AFTERWORD = 12;

/**
 * The page within a model's answer. Chat models put a scene into a code block or JSON, announce it ("Here is the revised scene:"),
 * give it a title or a count of its words, and say goodbye, whatever they are told; none of that is the book's. But for
 * numbered beats, only what stands before the first and after the last paragraph is looked at. What could be a line of a
 * story stays, and so does an answer of which nothing would be left.
 */
export function pageOf(answer: string): string {
  const page = between(withoutBeats(unwrapped(fencedIn(answer.trim()))));
  const paragraphs = [...page.matchAll(/\S[^\n]*(?:\n[ \t]*\S[^\n]*)*/g)];
  const texts = paragraphs.map(([text]) => text.trim());
  let end = afterwordAt(texts) ?? texts.length;
  while (end > 0 && isCloser({ text: texts[end - 1]!, beside: texts[end - 2] })) end--;
  if (end === 0) return answer;
  const last = paragraphs[end - 1]!;
  return page.slice(0, last.index + last[0].length).trim();
}

function withoutBeats(page: string): string {
  return page.replaceAll(BEAT_LINE, '').replaceAll(BEAT_BEFORE, '').trim();
}

/** Line by line: a title, an announcement and a tag need no empty line between them and the page. */
function between(page: string): string {
  const lines = page.split('\n');
  const said = lines.flatMap((line, at) => (line.trim() === '' ? [] : [{ text: line.trim(), at }]));
  const first = said.findIndex(({ text }, n) => !isOpener({ text, beside: said[n + 1]?.text }));
  if (first < 0) return '';
  const last = said.findLastIndex(({ text }) => !isCloser({ text, beside: undefined }));
  return last < first ? '' : lines.slice(said[first]!.at, said[last]!.at + 1).join('\n');
}

/** Where a rule parts the page from what the model says of it. */
function afterwordAt(texts: readonly string[]): number | undefined {
  for (let at = Math.max(1, texts.length - LONGEST_AFTERWORD); at < texts.length - 1; at += 1) {
    if (isRule(texts[at]!) && isAfterword(texts[at + 1]!)) return at;
  }
  return undefined;
}

/** What the only block of code holds, if that is most of the answer. In a story it may be a sign, or a letter. */
function fencedIn(answer: string): string {
  const lines = answer.split('\n');
  const fences = lines.flatMap((line, n) => (FENCE.test(line) ? [n] : []));
  // One that is never closed.
  if (fences.length === 1 && fences[0] === 0) return lines.slice(1).join('\n').trim();
  if (fences.length !== 2) return answer;
  const inside = lines
    .slice(fences[0]! + 1, fences[1])
    .join('\n')
    .trim();
  return inside.length > answer.length / 2 ? inside : answer;
}
