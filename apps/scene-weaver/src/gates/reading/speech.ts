import { ELISIONS } from '../words/elisions.words';
import { startsSpeech, type Paragraph, type Span } from './paragraphs';

/** `speech` is dialogue or a quoted document, `emphasis` what `*…*` or `_…_` sets apart (thoughts, often). */
export interface Utterance extends Span {
  kind: 'speech' | 'emphasis';
}

const MARKS = /["\u201c\u201d\u201e\u00ab\u00bb\u2039\u203a\u300c\u300e'\u2018]|[*_]{1,3}/g;

/** What ends a quotation that starts with the key. Swedish and Finnish close with the mark they open with. */
const CLOSERS: Record<string, string> = {
  '"': '"',
  '\u201c': '\u201d',
  '\u201d': '\u201d',
  '\u201e': '\u201c\u201d',
  '\u00ab': '\u00bb',
  '\u00bb': '\u00ab\u00bb',
  '\u2039': '\u203a',
  '\u203a': '\u2039\u203a',
  '\u300c': '\u300d',
  '\u300e': '\u300f',
};

const isWordChar = (char: string | undefined): boolean => char !== undefined && /[\p{L}\p{N}]/u.test(char);
const isOpenBefore = (char: string | undefined): boolean =>
  char === undefined || /[\s([\u2014\u2013\u2015\u2026"\u201c*_-]/.test(char);

/**
 * Where somebody other than the narrator speaks. Knows “…”, "…", „…“, «…», »…«, ‹…›, 「…」, 『…』, '…' and ‘…’
 * (told from apostrophes by what stands around them), lines that start with a dash, and block quotes. A quotation
 * that its paragraph does not close runs to the paragraph's end, as in a speech of several paragraphs.
 */
export function utterancesOf(text: string, paragraphs: readonly Paragraph[], language: string): Utterance[] {
  const utterances: Utterance[] = [];
  for (const { start, end, kind } of paragraphs) {
    if (kind !== 'prose' && kind !== 'quoted') continue;
    const part = text.slice(start, end);
    const found =
      kind === 'quoted'
        ? [speech(0, part.length)]
        : startsSpeech(part, 0)
          ? dashedLine(part, language)
          : quotationsOf(part);
    for (const utterance of found) {
      utterances.push({ ...utterance, start: start + utterance.start, end: start + utterance.end });
    }
  }
  return utterances;
}

const speech = (start: number, end: number): Utterance => ({ start, end, kind: 'speech' });

/** In English the whole line counts as spoken; elsewhere a second dash gives the word back to the narrator. */
function dashedLine(line: string, language: string): Utterance[] {
  if (/^en\b/i.test(language)) return [speech(0, line.length)];
  const dashes = [...line.matchAll(/[\u2014\u2013\u2015]/g)].map(({ index }) => index);
  const turns = [0, ...dashes.slice(1), line.length];
  return turns
    .slice(0, -1)
    .map((from, index) => speech(from, turns[index + 1]!))
    .filter((_, index) => index % 2 === 0);
}

function quotationsOf(text: string): Utterance[] {
  const found: Utterance[] = [];
  MARKS.lastIndex = 0;
  for (let mark = MARKS.exec(text); mark !== null; mark = MARKS.exec(text)) {
    const utterance = quotationAt(text, mark.index, mark[0]);
    if (!utterance) continue;
    found.push(utterance);
    MARKS.lastIndex = utterance.end;
  }
  return found;
}

function quotationAt(text: string, at: number, mark: string): Utterance | null {
  if (mark === "'" || mark === '\u2018') return singleQuoted(text, at);
  return mark[0] === '*' || mark[0] === '_' ? emphasised(text, at, mark) : doubleQuoted(text, at, mark);
}

function doubleQuoted(text: string, at: number, opener: string): Utterance | null {
  const isInchMark = opener === '"' && /\d/.test(text[at - 1] ?? '') && !isWordChar(text[at + 1]);
  if (isInchMark || (opener === '\u201d' && !isOpenBefore(text[at - 1]))) return null;
  const closers = CLOSERS[opener]!;
  for (let index = at + 1; index < text.length; index++) {
    if (closers.includes(text[index]!)) return speech(at, index + 1);
  }
  return speech(at, text.length);
}

/**
 * A single quote opens before a word and closes after one. A closing quote after punctuation is the surest; one
 * after a letter may be a plural possessive and is taken only where no better one comes before the next opening.
 */
function singleQuoted(text: string, at: number): Utterance | null {
  if (!isOpenBefore(text[at - 1]) || !/[\p{L}\p{N}\u2026"\u201c]/u.test(text[at + 1] ?? '')) return null;
  let weak = -1;
  for (let index = at + 1; index < text.length; index++) {
    const char = text[index]!;
    if (char !== "'" && char !== '\u2019' && char !== '\u2018') continue;
    if (!isWordChar(text[index + 1])) {
      if (/[.,!?;:\u2026\u2014\u2013-]/.test(text[index - 1]!)) return speech(at, index + 1);
      if (weak < 0) weak = index;
    } else if (isOpenBefore(text[index - 1]) && !startsElision(text, index)) break;
  }
  return weak < 0 || startsElision(text, at) ? null : speech(at, weak + 1);
}

function startsElision(text: string, at: number): boolean {
  const word = /^[\p{L}\p{N}]+/u.exec(text.slice(at + 1, at + 12))?.[0].toLowerCase();
  return word !== undefined && (ELISIONS.has(word) || /^\d/.test(word));
}

function emphasised(text: string, at: number, opener: string): Utterance | null {
  if (isWordChar(text[at - 1]) || /\s/.test(text[at + opener.length] ?? ' ')) return null;
  const close = text.indexOf(opener, at + opener.length + 1);
  if (close < 0 || /\s/.test(text[close - 1]!)) return null;
  return { start: at, end: close + opener.length, kind: 'emphasis' };
}
