import type { Page } from './read-page';
import { meanAndSpread, shareWithin } from './spread';

/** Words. */
const MOST_OF_SHORT = 6;
const LEAST_OF_LONG = 31;

/** Sentences, paragraphs and dialogue, as `MEASURES.shape` names them. Lengths are logarithms of words. */
export function shapeOf({ words, sentences, paragraphs, spoken }: Page): number[] {
  return [
    ...meanAndSpread(sentences.map(Math.log)),
    shareWithin(sentences, 1, MOST_OF_SHORT),
    shareWithin(sentences, LEAST_OF_LONG, Infinity),
    ...meanAndSpread(paragraphs.map(Math.log)),
    words.length === 0 ? 0 : spoken / words.length,
  ];
}
