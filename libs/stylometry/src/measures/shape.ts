import { wordsOf } from './words-of';

const SENTENCE_END = /(?<=[.!?])["')]*\s+(?=["'(\p{Lu}])|\n+/u;
const SPEECH = /"[^"\n]*"?/g;
const SHORT_SENTENCE = 7;
const LONG_SENTENCE = 30;

/** Sentences, paragraphs and dialogue, as `MEASURES.shape` names them. Lengths are logarithms of words. */
export function shapeOf(text: string, words: number): number[] {
  const sentences = lengths(text.split(SENTENCE_END));
  const paragraphs = lengths(text.split('\n\n'));
  const spoken = (text.match(SPEECH) ?? []).reduce((sum, speech) => sum + wordsOf(speech).length, 0);
  return [
    ...meanAndSpread(sentences.map(Math.log)),
    share(sentences, (length) => length < SHORT_SENTENCE),
    share(sentences, (length) => length > LONG_SENTENCE),
    ...meanAndSpread(paragraphs.map(Math.log)),
    words === 0 ? 0 : spoken / words,
  ];
}

function lengths(parts: readonly string[]): number[] {
  return parts.map((part) => wordsOf(part).length).filter((length) => length > 0);
}

/** 0 of nothing. */
export function meanAndSpread(values: readonly number[]): [mean: number, spread: number] {
  if (values.length === 0) return [0, 0];
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
  return [mean, Math.sqrt(variance)];
}

/** 0 of nothing. */
export function share<T>(values: readonly T[], which: (value: T) => boolean): number {
  return values.length === 0 ? 0 : values.filter(which).length / values.length;
}
