import { sentencesOf } from '../language/wording';
import { EMPTY_WORDS, HONORIFICS, OBJECT_NOUNS, PLACE_TYPE_OF_NOUN } from './lexicon';

/** What a premise names. */
export interface MinedPremise {
  people: string[];
  /** Proper names ("Halm Ferry") and described places ("the tide house"). */
  places: string[];
  /** Without article: "salt clock". */
  objects: string[];
  /** Capitalised names that are neither. */
  others: string[];
  sentences: string[];
}

const NAME = /\p{Lu}[\p{L}’'-]*(?:\s+(?:(?:of|the|de|van|von)\s+)?\p{Lu}[\p{L}’'-]*)*/gu;
const SENTENCE_START = /(?:^|[.!?…:]["”’)]?\s+|\n\s*|["“(]\s*)$/;
const PLACE_BEFORE =
  /\b(?:in|at|to|from|near|across|outside|through|into|toward|towards|around|beyond|leaves?|reach(?:es)?)\s+(?:the\s+)?$/i;
const PERSON_AFTER = /^(?:,|\s+(?:is|was|has|had|who|must|can|will|would|and|[\p{Ll}]+s|[\p{Ll}]+ed)\b|[’']s\b)/u;

/** Finds the people, places and things a premise speaks of; plain rules, because it must never fail. */
export function minePremise(text: string, cast: readonly string[] = []): MinedPremise {
  const prose = text.replace(/[#*_>`]/g, ' ');
  const names = properNames(prose, cast);
  return {
    people: names.people,
    places: [...new Set([...names.places, ...describedPlaces(prose)])].slice(0, 8),
    objects: describedObjects(prose).slice(0, 8),
    others: names.others,
    sentences: sentencesOf(prose.replace(/\s+/g, ' ')).filter((sentence) => sentence.length <= 280),
  };
}

function properNames(prose: string, cast: readonly string[]): Pick<MinedPremise, 'people' | 'places' | 'others'> {
  const known = new Set(cast.flatMap((name) => [name, ...name.split(/\s+/)]));
  const found = { people: new Set<string>(), places: new Set<string>(), others: new Set<string>() };
  for (const match of prose.matchAll(NAME)) {
    const before = prose.slice(Math.max(0, match.index - 24), match.index);
    const name = withoutSentenceStart(match[0], SENTENCE_START.test(before) || match.index === 0);
    if (name === undefined || known.has(name) || name.length > 60) continue;
    const after = prose.slice(match.index + match[0].length, match.index + match[0].length + 24);
    kindOf(name, before, after, found);
  }
  return {
    people: [...found.people].slice(0, 6),
    places: [...found.places].slice(0, 6),
    others: [...found.others].slice(0, 6),
  };
}

type Found = Record<'people' | 'places' | 'others', Set<string>>;

function kindOf(name: string, before: string, after: string, found: Found): void {
  if (found.people.has(name) || found.places.has(name)) return;
  const words = name.toLowerCase().split(/\s+/);
  if (PLACE_TYPE_OF_NOUN.has(words.at(-1)!) || PLACE_BEFORE.test(before)) found.places.add(name);
  else if (HONORIFICS.has(words[0]!) || (words.length === 2 && PERSON_AFTER.test(after))) found.people.add(name);
  else found.others.add(name);
}

/** A first word's capital may be the sentence's own: it is a name only when another name follows it. */
function withoutSentenceStart(name: string, startsSentence: boolean): string | undefined {
  const clean = name.replace(/[’']s$/u, '').replace(/[’'-]+$/u, '');
  const words = clean.split(/\s+/);
  const first = words[0]!.toLowerCase();
  if (/^(i|i[’']\p{Ll}+)$/u.test(clean.toLowerCase())) return undefined;
  if (!startsSentence && !EMPTY_WORDS.has(first)) return clean.length > 1 ? clean : undefined;
  if (!EMPTY_WORDS.has(first)) return words.length > 1 ? clean : undefined;
  const rest = words.slice(1).join(' ');
  return rest === '' ? undefined : rest;
}

const PHRASE = /\b(?:the|a|an|his|her|their|its|my|our|one|that)\s+((?:[a-z’'-]+\s+){0,2}?)([a-z-]+)\b/g;

function describedPlaces(prose: string): string[] {
  return phrases(prose, (noun) => PLACE_TYPE_OF_NOUN.has(noun)).map((phrase) => `the ${phrase}`);
}

function describedObjects(prose: string): string[] {
  return phrases(prose, (noun) => OBJECT_NOUNS.has(noun));
}

/** "the old salt clock" → "old salt clock", most often named first. */
function phrases(prose: string, wanted: (noun: string) => boolean): string[] {
  const count = new Map<string, number>();
  for (const match of prose.matchAll(PHRASE)) {
    const words = `${match[1]!}${match[2]!}`.trim().split(/\s+/);
    const noun = words.findIndex(wanted);
    if (noun < 0) continue;
    const modifiers = words.slice(0, noun);
    const next = words[noun + 1];
    const compound = next !== undefined && wanted(next) ? [next] : [];
    if (modifiers.some((word) => EMPTY_WORDS.has(word) || /(ing|ly|ed)$/.test(word))) continue;
    const phrase = [...modifiers, words[noun]!, ...compound].join(' ');
    count.set(phrase, (count.get(phrase) ?? 0) + 1);
  }
  return [...count].sort(([, a], [, b]) => b - a).map(([phrase]) => phrase);
}
