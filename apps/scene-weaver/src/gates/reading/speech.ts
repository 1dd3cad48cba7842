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
  for (const paragraph of paragraphs) {
    if (paragraph.kind === 'quoted') utterances.push({ start: paragraph.start, end: paragraph.end, kind: 'speech' });
    else if (paragraph.kind !== 'prose') continue;
    else if (startsSpeech(text, paragraph.start)) dashedLine(text, paragraph, language, utterances);
    else quotations(text, paragraph, utterances);
  }
  return utterances;
}

/** In English the whole line counts as spoken; elsewhere a second dash gives the word back to the narrator. */
function dashedLine(text: string, line: Paragraph, language: string, into: Utterance[]): void {
  if (/^en\b/i.test(language)) {
    into.push({ start: line.start, end: line.end, kind: 'speech' });
    return;
  }
  let start = line.start;
  let spoken = true;
  const dashes = /[\u2014\u2013\u2015]/g;
  dashes.lastIndex = line.start + text.slice(line.start, line.end).search(/[\u2014\u2013\u2015]/) + 1;
  for (let dash = dashes.exec(text); dash !== null && dash.index < line.end; dash = dashes.exec(text)) {
    if (spoken) into.push({ start, end: dash.index, kind: 'speech' });
    spoken = !spoken;
    start = dash.index;
  }
  if (spoken) into.push({ start, end: line.end, kind: 'speech' });
}

function quotations(text: string, { start, end }: Span, into: Utterance[]): void {
  MARKS.lastIndex = start;
  for (let mark = MARKS.exec(text); mark !== null && mark.index < end; mark = MARKS.exec(text)) {
    const at = mark.index;
    const found =
      mark[0] === "'" || mark[0] === '\u2018'
        ? singleQuoted(text, at, end)
        : mark[0][0] === '*' || mark[0][0] === '_'
          ? emphasised(text, at, mark[0], end)
          : doubleQuoted(text, at, mark[0], end);
    if (!found) continue;
    into.push(found);
    MARKS.lastIndex = found.end;
  }
}

function doubleQuoted(text: string, at: number, opener: string, end: number): Utterance | null {
  const isInchMark = opener === '"' && /\d/.test(text[at - 1] ?? '') && !isWordChar(text[at + 1]);
  if (isInchMark || (opener === '\u201d' && !isOpenBefore(text[at - 1]))) return null;
  const closers = CLOSERS[opener]!;
  for (let index = at + 1; index < end; index++) {
    if (closers.includes(text[index]!)) return { start: at, end: index + 1, kind: 'speech' };
  }
  return { start: at, end, kind: 'speech' };
}

/**
 * A single quote opens before a word and closes after one. A closing quote after punctuation is the surest; one
 * after a letter may be a plural possessive and is taken only where no better one comes before the next opening.
 */
function singleQuoted(text: string, at: number, end: number): Utterance | null {
  if (!isOpenBefore(text[at - 1]) || !/[\p{L}\p{N}\u2026"\u201c]/u.test(text[at + 1] ?? '')) return null;
  let weak = -1;
  for (let index = at + 1; index < end; index++) {
    const char = text[index]!;
    if (char !== "'" && char !== '\u2019' && char !== '\u2018') continue;
    if (!isWordChar(text[index + 1])) {
      if (/[.,!?;:\u2026\u2014\u2013-]/.test(text[index - 1]!)) return { start: at, end: index + 1, kind: 'speech' };
      if (weak < 0) weak = index;
    } else if (isOpenBefore(text[index - 1]) && !startsElision(text, index)) break;
  }
  return weak < 0 || startsElision(text, at) ? null : { start: at, end: weak + 1, kind: 'speech' };
}

function startsElision(text: string, at: number): boolean {
  const word = /^[\p{L}\p{N}]+/u.exec(text.slice(at + 1, at + 12))?.[0].toLowerCase();
  return word !== undefined && (ELISIONS.has(word) || /^\d/.test(word));
}

function emphasised(text: string, at: number, opener: string, end: number): Utterance | null {
  if (isWordChar(text[at - 1]) || /\s/.test(text[at + opener.length] ?? ' ')) return null;
  const close = text.indexOf(opener, at + opener.length + 1);
  if (close < 0 || close + opener.length > end || /\s/.test(text[close - 1]!)) return null;
  return { start: at, end: close + opener.length, kind: 'emphasis' };
}
