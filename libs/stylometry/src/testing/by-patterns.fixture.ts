import { FUNCTION_WORDS } from '../measures/function.words';
import { MARKS } from '../measures/groups';
import { LEXICON, WORD_FORMS } from '../measures/lexicon.words';
import type { Style } from '../drift/style';
import { ENGLISH } from '../reference/english.reference';

/*
 * What a style is, said with patterns, each measure by itself: slow, and easy to see through. `styleOf` counts the same
 * in one pass, and is held to it.
 */

const SENTENCE_END = /(?<=[.!?])["')]*\s+(?=["'(\p{Lu}])|\n+/u;

export function styleByPatterns(text: string): Style {
  const plain = plainByPatterns(text);
  const words = wordsIn(plain).map((word) => word.toLowerCase());
  const perWord = (count: number): number => (words.length === 0 ? 0 : count / words.length);
  const rateOf = (which: (word: string) => boolean): number => perWord(words.filter(which).length);
  const triples = triplesByPatterns(plain);
  const shares = triples.length === 0 ? 0 : 1 / triples.length;
  const counts = countsOf(triples);
  const lengths = words.map((word) => word.length);
  const sentences = wordCounts(plain.split(SENTENCE_END));
  const paragraphs = wordCounts(plain.split('\n\n'));
  const spoken = (plain.match(/"[^"\n]*"?/g) ?? []).flatMap(wordsIn).length;
  return {
    edition: ENGLISH.edition,
    words: words.length,
    english: true,
    groups: {
      letters: ENGLISH.triples.map((triple) => (counts.get(triple) ?? 0) * shares),
      words: FUNCTION_WORDS.map((word) => rateOf((one) => one === word)),
      punctuation: MARKS.map((mark) => Math.log1p(1000 * perWord(plain.split(mark).length - 1))),
      shape: [
        ...spreadOf(sentences.map(Math.log)),
        partOf(sentences, (length) => length < 7),
        partOf(sentences, (length) => length > 30),
        ...spreadOf(paragraphs.map(Math.log)),
        perWord(spoken),
      ],
      vocabulary: [
        ...spreadOf(lengths),
        partOf(lengths, (length) => length >= 7),
        partOf(lengths, (length) => length <= 3),
        varietyOf(words),
      ],
      lexicon: [
        ...Object.values(LEXICON).map((list) => rateOf((word) => list.has(word))),
        ...Object.values(WORD_FORMS).map(rateOf),
      ],
    },
  };
}

function plainByPatterns(text: string): string {
  return text
    .normalize('NFC')
    .replaceAll('\r', '')
    .replace(/[“”„«»]/g, '"')
    .replace(/[‘’‚]/g, "'")
    .replace(/\s*(?:--+|[–—])\s*/g, '—')
    .replace(/[_*#]/g, '')
    .replaceAll('…', '...')
    .replace(/[^\S\n]+/g, ' ')
    .replace(/ ?\n(?: ?\n)+ ?/g, '\n\n')
    .trim();
}

function triplesByPatterns(plain: string): string[] {
  const letters = plain
    .replace(/(?<=[a-z,;] )\p{Lu}[\p{L}\p{M}\p{N}]*/gu, '#')
    .replaceAll('"', '')
    .replace(/\s+/g, ' ')
    .toLowerCase()
    .replace(/\d/g, '0');
  return Array.from({ length: Math.max(0, letters.length - 2) }, (_, at) => letters.slice(at, at + 3));
}

function varietyOf(words: readonly string[]): number {
  const shares: number[] = [];
  for (let from = 0; from < Math.max(1, words.length - 100); from += 10) {
    const window = words.slice(from, from + 100);
    shares.push(window.length === 0 ? 0 : new Set(window).size / window.length);
  }
  return shares.reduce((sum, one) => sum + one, 0) / shares.length;
}

function wordsIn(text: string): string[] {
  return text.match(/[\p{L}\p{M}]+(?:'[\p{L}\p{M}]+)*/gu) ?? [];
}

function wordCounts(parts: readonly string[]): number[] {
  return parts.map((part) => wordsIn(part).length).filter((length) => length > 0);
}

function countsOf(values: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}

function spreadOf(values: readonly number[]): [number, number] {
  if (values.length === 0) return [0, 0];
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return [mean, Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length)];
}

function partOf(values: readonly number[], which: (value: number) => boolean): number {
  return values.length === 0 ? 0 : values.filter(which).length / values.length;
}
