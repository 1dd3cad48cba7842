import { FALLBACK_CORE } from '../banks/genre-places';
import type { GenreKey } from './genre';
import { EMPTY_WORDS, OBJECT_NOUNS, PERSON_NOUNS, PLACE_TYPE_OF_NOUN, VAGUE_NOUNS } from './lexicon';
import type { MinedPremise } from './mine-premise';

/**
 * The thing a book turns on, without article: the title's own thing ("The Salt Clock"), else one the premise names,
 * else a noun of title and premise, the most spoken of, else the genre's.
 */
export function centralThing(title: string, premise: string, genre: GenreKey, mined: MinedPremise): string {
  const titleWords = wordsOf(title);
  const own = titleWords.findIndex((word) => OBJECT_NOUNS.has(word) && !word.endsWith('s'));
  if (own >= 0) return described(titleWords, own);
  return (
    mined.objects.find((object) => !object.endsWith('s')) ?? mostSpokenOf(titleWords, premise) ?? FALLBACK_CORE[genre]
  );
}

const wordsOf = (text: string): string[] =>
  text
    .toLowerCase()
    .replace(/[^\p{L}\s-]/gu, ' ')
    .trim()
    .split(/\s+/);

/** With the word before it, where that describes it: "salt clock". */
function described(words: readonly string[], at: number): string {
  const before = words[at - 1];
  const describes = before !== undefined && !EMPTY_WORDS.has(before) && before.length <= 30;
  return describes ? `${before} ${words[at]!}` : words[at]!;
}

interface Candidate {
  noun: string;
  score: number;
}

/** A place may be what a book turns on, but a thing is better at it. */
const PLACE_PENALTY = 1.5;
const TITLE_SCORE = 2;
const LONGEST_NOUN = 30;
const DETERMINED =
  /(?:^|[^\p{L}])(?:[Tt]he|[Aa]n?|[Hh]is|[Hh]er|[Tt]heir|[Ii]ts|[Mm]y|[Oo]ur|one|this|that)\s+(?=((?:\p{Ll}[\p{L}’-]*\s+){0,2}\p{Ll}[\p{L}’-]*))/gu;

function mostSpokenOf(titleWords: readonly string[], premise: string): string | undefined {
  const words = wordsOf(premise);
  // A word of the title that the premise has only with a capital is a part of a name.
  const spoken = new Set(premise.match(/(?<!\p{L})\p{Ll}+(?!\p{L})/gu));
  const inTitle = titleWords.filter((word) => isThing(word) && (PLACE_TYPE_OF_NOUN.has(word) || spoken.has(word)));
  const inPremise = [...premise.matchAll(DETERMINED)]
    .map(([, run]) => headOf(run!))
    .filter((noun) => noun !== undefined);
  const candidates = [...new Set([...inTitle, ...inPremise])].map((noun): Candidate => {
    const score = words.filter((word) => word === noun).length + (titleWords.includes(noun) ? TITLE_SCORE : 0);
    return { noun, score: score - (PLACE_TYPE_OF_NOUN.has(noun) ? PLACE_PENALTY : 0) };
  });
  return candidates.sort((a, b) => b.score - a.score)[0]?.noun;
}

/** The noun of "the long table goes": the last word before one that ends the phrase, if it looks like a noun. */
function headOf(run: string): string | undefined {
  const words = run.split(/\s+/);
  const stop = words.findIndex((word) => EMPTY_WORDS.has(word));
  const phrase = stop < 0 ? words : words.slice(0, stop);
  const verb = phrase.findIndex((word, index) => index > 0 && /(?:s|ed)$/.test(word));
  // Three words that nothing has ended may be noun, verb and object.
  if (stop < 0 && verb < 0 && words.length > 2) return undefined;
  const last = (verb < 0 ? phrase : phrase.slice(0, verb)).at(-1);
  return last !== undefined && isThing(last) ? last : undefined;
}

/** One thing, and neither somebody nor something that could be said of everything; what looks like a verb is none. */
const isThing = (word: string): boolean =>
  word.length > 2 &&
  word.length <= LONGEST_NOUN &&
  !EMPTY_WORDS.has(word) &&
  !PERSON_NOUNS.has(word) &&
  !VAGUE_NOUNS.has(word) &&
  !/(?:s|ed|ing|ly|er|or|ist|man|woman|keeper|ness|ous|ful|est)$/.test(word);
