import { ABBREVIATIONS } from '../words/abbreviations.words';
import type { Paragraph, Span } from './paragraphs';

const SENTENCE_END =
  /(?<![.!?\u2026])[.!?\u2026]+["'\u201d\u2019\u00bb\u203a)\]*_]*\s+(?=\S)|[\u3002\uff01\uff1f]+[\u300d\u300f\u201d\uff09]*\s*/g;

/**
 * The sentences of the prose, in order; headings and scene breaks have none. A mark that a lower-case word
 * follows (`"Stop!" she said`), a title's full stop and an initial's end no sentence.
 */
export function sentencesOf(text: string, paragraphs: readonly Paragraph[]): Span[] {
  const sentences: Span[] = [];
  for (const paragraph of paragraphs) {
    if (paragraph.kind !== 'prose' && paragraph.kind !== 'quoted') continue;
    const part = text.slice(paragraph.start, paragraph.end);
    let start = paragraph.start;
    for (const { 0: mark, index } of part.matchAll(SENTENCE_END)) {
      const next = index + mark.length;
      if (next >= part.length) break;
      if (!endsSentence(part, index, mark, next)) continue;
      sentences.push({ start, end: paragraph.start + index + mark.trimEnd().length });
      start = paragraph.start + next;
    }
    if (start < paragraph.end) sentences.push({ start, end: paragraph.end });
  }
  return sentences;
}

function endsSentence(text: string, at: number, mark: string, next: number): boolean {
  const following = text[next]!;
  if (following !== following.toUpperCase()) return false;
  if (mark[0] !== '.' || mark[1] === '.') return true;
  let start = at;
  while (start > 0 && /[\p{L}.]/u.test(text[start - 1]!)) start -= 1;
  const word = text.slice(start, at);
  if (ABBREVIATIONS.has(word.toLowerCase())) return false;
  return !(word.length === 1 && word !== 'I' && word === word.toUpperCase() && word !== word.toLowerCase());
}

/** The last of sorted, separate spans that starts at or before `offset`; null where none does. */
export function spanAt<T extends Span>(spans: readonly T[], offset: number): T | null {
  let low = 0;
  let high = spans.length - 1;
  let found: T | null = null;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const span = spans[middle]!;
    if (span.start <= offset) {
      found = span;
      low = middle + 1;
    } else high = middle - 1;
  }
  return found;
}
