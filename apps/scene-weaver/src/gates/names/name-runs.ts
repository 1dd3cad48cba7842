import { foldName } from '../reading/fold';
import type { ProseReading } from '../reading/prose-reading';
import { ABBREVIATIONS } from '../words/abbreviations.words';

/** A capitalised word of the prose. */
export interface NameToken {
  text: string;
  start: number;
  end: number;
  /** The word as names are looked up: folded, without possessive or contraction. */
  key: string;
  possessive: boolean;
  /** Whether the capital may be due to where the word stands rather than to what it is. */
  atStart: boolean;
}

/** A word with a capital, which is not the second part of a compound or of a contraction. */
const CAPITALISED =
  /[\p{Lu}\p{Lt}](?<![\p{L}\p{M}\p{N}]['\u2019\u2010\u2011-]?[^])[\p{L}\p{M}\p{N}]*(?:['\u2019\u2010\u2011-][\p{L}\p{M}\p{N}]+)*/gu;
const JOINING_GAP = /^(?:\s|\.\s|\s(?:of|of the|de|de la|del|della|di|da|du|van|van der|von|al|el|bin|ibn)\s)$/;
const QUOTES = '"\'\u201c\u201d\u2018\u2019\u201e\u00ab\u00bb\u2039\u203a';
const SENTENCE_MARKS = '.!?\u2026:\u2014\u2013\u2015->';

/** Runs of capitalised words, such as "Ada Quill" and "Isle of Wight". What is written all in capitals names nobody. */
export function nameRunsOf(reading: ProseReading): NameToken[][] {
  const runs: NameToken[][] = [];
  for (const token of nameTokensOf(reading)) {
    const run = runs.at(-1);
    const last = run?.at(-1);
    if (run && last && joins(reading.text.slice(last.end, token.start), last)) run.push(token);
    else runs.push([token]);
  }
  return runs;
}

function joins(gap: string, last: NameToken): boolean {
  if (gap.length > 9 || !JOINING_GAP.test(gap)) return false;
  // "Dr. Vex" and "J. Vex" run on over a full stop; "… to Ada. Vex …" does not.
  if (gap[0] === '.') return isAbbreviated(last.text);
  return gap.length === 1 || !last.possessive;
}

function nameTokensOf(reading: ProseReading): NameToken[] {
  const tokens: NameToken[] = [];
  for (const paragraph of reading.paragraphs) {
    if (paragraph.kind === 'heading' || paragraph.kind === 'rule') continue;
    const part = reading.text.slice(paragraph.start, paragraph.end);
    for (const { 0: word, index } of part.matchAll(CAPITALISED)) {
      if (isShouted(word)) continue;
      tokens.push({
        text: word,
        start: paragraph.start + index,
        end: paragraph.start + index + word.length,
        key: keyOf(word),
        possessive: /['\u2019]s$/.test(word),
        atStart: mayStartSentence(part, index),
      });
    }
  }
  return tokens;
}

function isShouted(word: string): boolean {
  return word.length > 1 && word === word.toUpperCase() && /\p{Lu}.*\p{Lu}/u.test(word);
}

function isAbbreviated(word: string): boolean {
  return word.length === 1 || ABBREVIATIONS.has(word.toLowerCase());
}

function keyOf(word: string): string {
  if (/^[A-Za-z]+$/.test(word)) return word.toLowerCase();
  // A stammer ("M-Marlow") is not a double name.
  return foldName(word.replace(/^(\p{L})[-\u2010\u2011](?=\1)/iu, '').replace(/['\u2019](?:s|d|ll|ve|re|m)$/i, ''));
}

/** Looks back from a word: does a sentence, a quotation or a clause after a colon or dash start with it? */
function mayStartSentence(text: string, start: number): boolean {
  let spaced = false;
  for (let index = start - 1; index >= 0; index--) {
    const char = text[index]!;
    if (/\s/.test(char)) spaced = true;
    else if ('*_(['.includes(char)) continue;
    else if (QUOTES.includes(char)) return !spaced || !/[,\p{L}]/u.test(text[index - 1] ?? '.');
    else if (char === '.') return !isAbbreviated(/[\p{L}.]*$/u.exec(text.slice(Math.max(0, index - 8), index))![0]);
    else return SENTENCE_MARKS.includes(char);
  }
  return true;
}
