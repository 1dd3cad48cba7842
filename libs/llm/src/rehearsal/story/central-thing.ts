import { FALLBACK_CORE } from '../banks/genre-places';
import { capitalised, wordAt } from '../language/wording';
import type { GenreKey } from './genre';
import { EMPTY_WORDS, OBJECT_NOUNS, PERSON_NOUNS, PLACE_TYPE_OF_NOUN, VAGUE_NOUNS } from './lexicon';
import type { MinedPremise } from './mine-premise';
import { FOREIGN_ARTICLES, isDescribed, titlePhrases, type TitleWord } from './title-words';

/**
 * The thing a book turns on, without article: the title's own thing ("The Salt Clock"), else one the premise names,
 * else a noun of title and premise, the most spoken of, else the genre's.
 */
export function centralThing(title: string, premise: string, genre: GenreKey, mined: MinedPremise): string {
  const phrases = titlePhrases(title);
  return (
    ownThing(phrases, premise) ??
    mined.objects.find((object) => !isPlural(object)) ??
    mostSpokenOf(
      phrases.flat().map(({ base }) => base),
      premise,
    ) ??
    FALLBACK_CORE[genre]
  );
}

/** What a title names: rather the letter box than the letter, which only says what box it is. */
function ownThing(phrases: readonly TitleWord[][], premise: string): string | undefined {
  const found = phrases.flatMap((phrase) =>
    phrase.flatMap(({ base }, at) => (isObject(base) && !isPlural(base) ? [{ phrase, at }] : [])),
  );
  const own = found.find(({ phrase, at }) => endsPhrase(phrase, at)) ?? found[0];
  if (own === undefined) return undefined;
  const { base } = own.phrase[own.at]!;
  return isDescribed(own.phrase, own.at) ? `${asInPremise(own.phrase[own.at - 1]!.text, premise)} ${base}` : base;
}

const isObject = (word: string): boolean => OBJECT_NOUNS.has(word.split('-').at(-1)!);
/** "letters", but not "compass". */
const isPlural = (object: string): boolean =>
  object.endsWith('s') && OBJECT_NOUNS.has(/[\p{L}]+$/u.exec(object)![0].slice(0, -1));

function endsPhrase(phrase: readonly TitleWord[], at: number): boolean {
  const next = phrase[at + 1];
  return !phrase[at]!.isPossessive && (next === undefined || EMPTY_WORDS.has(next.text));
}

/** A title gives every word a capital; the premise shows whose own it is. */
function asInPremise(word: string, premise: string): string {
  const name = capitalised(word.replace(/’s?$/u, ''));
  const isName =
    wordAt(premise, name.toLowerCase()) < 0 && new RegExp(`[\\p{Ll},;] ${name}(?!\\p{L})`, 'u').test(premise);
  return isName ? capitalised(word) : word;
}

const wordsOf = (text: string): string[] =>
  text
    .toLowerCase()
    .replace(/[^\p{L}\s-]/gu, ' ')
    .trim()
    .split(/\s+/);

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
/** "Pip is a small hedgehog": the hedgehog is somebody. "It is a bell" tells of a thing. */
const WHO_SOMEBODY_IS = /(?<!\p{L})(?!(?:It|This|That|There|Here|What)\b)(?:\p{Lu}[\p{L}’'-]*|s?he)\s+(?:is|was)\s+$/u;

function mostSpokenOf(titleWords: readonly string[], premise: string): string | undefined {
  const words = wordsOf(premise);
  // A word of the title that the premise has only with a capital is a part of a name.
  const spoken = new Set(premise.match(/(?<!\p{L})\p{Ll}+(?!\p{L})/gu));
  const inTitle = titleWords.filter((word) => isThing(word) && (PLACE_TYPE_OF_NOUN.has(word) || spoken.has(word)));
  const inPremise = [...premise.matchAll(DETERMINED)]
    .filter(({ index }) => !WHO_SOMEBODY_IS.test(premise.slice(0, index + 1)))
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
  !FOREIGN_ARTICLES.has(word) &&
  !PERSON_NOUNS.has(word) &&
  !VAGUE_NOUNS.has(word) &&
  !/(?:s|ed|ing|ly|er|or|ist|man|woman|keeper|ness|ous|ful|est)$/.test(word);
