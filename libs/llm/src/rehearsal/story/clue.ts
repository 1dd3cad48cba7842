import { CLUE_KINDS, type ClueKind } from '../banks/clue-kinds';
import { hashText, SeededRandom } from '../language/seeded-random';
import { article, clip } from '../language/wording';
import type { GenreKey } from './genre';

/** A small thing planted in one chapter that comes due in another. */
export interface Clue {
  /** "brass key": what a beat must mention. */
  noun: string;
  /** "the brass key stamped with the wrong number": how plants and payoffs name it. */
  full: string;
  /** A template: "[open|s] the one cupboard …". */
  pay: string;
}

export const definite = (clue: Pick<Clue, 'noun'>): string => `the ${clue.noun}`;
export const indefinite = (clue: Pick<Clue, 'noun'>): string => `${article(clue.noun)} ${clue.noun}`;

/**
 * The clue a book plants as its `index`-th: first things the premise itself names, then things of the genre.
 * Neighbours differ in kind, and a book of 400 chapters repeats none.
 */
export function clueOf(seed: string, genre: GenreKey, things: readonly string[], index: number): Clue {
  const random = new SeededRandom(`clue ${seed}`);
  const kinds = random.shuffled(CLUE_KINDS);
  const own = things[index];
  if (own !== undefined) {
    const kind = CLUE_KINDS.find(({ known }) => known.test(own))!;
    return madeClue(kind, own, random.shuffled(kind.tails)[index % kind.tails.length]!);
  }
  const kind = kinds[index % kinds.length]!;
  const round = Math.floor(index / kinds.length);
  const nouns = random.shuffled(splitWords(kind.nouns[genre] ?? kind.nouns.any));
  const adjectives = random.shuffled(splitWords(kind.adjectives));
  const noun = nouns[round % nouns.length]!;
  const adjective = adjectives[(round + Math.floor(round / nouns.length)) % adjectives.length]!;
  const tails = random.shuffled(kind.tails);
  const tail = tails[(round + Math.floor(round / (nouns.length * adjectives.length))) % tails.length]!;
  return madeClue(kind, `${adjective} ${noun}`, tail);
}

/** Recognises a plant by its words, whoever wrote it: a foreign one gets a payoff too. */
export function readClue(plant: string): Clue {
  const words = plant.replace(/^(the|a|an)\s+/i, '').trim();
  for (const kind of CLUE_KINDS) {
    for (const tail of kind.tails) {
      if (words.endsWith(` ${tail}`)) return madeClue(kind, words.slice(0, -tail.length - 1), tail);
    }
  }
  const head = words.split(/,| (?:that|which|who|with|under|in|on|of|from|for) /)[0]!;
  const noun = clip(head, 60).split(/\s+/).slice(0, 4).join(' ') || words;
  const kind = CLUE_KINDS.find(({ known }) => known.test(noun)) ?? CLUE_KINDS.at(-1)!;
  return { noun, full: plant.trim(), pay: kind.pays[hashText(noun) % kind.pays.length]! };
}

function madeClue(kind: ClueKind, noun: string, tail: string): Clue {
  return { noun, full: `the ${noun} ${tail}`, pay: kind.pays[hashText(noun + tail) % kind.pays.length]! };
}

const splitWords = (list: string): string[] => list.split(',');
