import { sentencesOf } from '../language/wording';
import {
  EMPTY_WORDS,
  FEMININE_NOUNS,
  HONORIFICS,
  MASCULINE_NOUNS,
  OBJECT_NOUNS,
  PERSON_NOUNS,
  PLACE_TYPE_OF_NOUN,
} from './lexicon';

/** What a premise names. */
export interface MinedPremise {
  people: string[];
  /** Proper names ("Halm Ferry") and described places ("the tide house"). */
  places: string[];
  /** Without article: "salt clock". */
  objects: string[];
  sentences: string[];
  /** Of which kind the first person is that it speaks of without a name: "a man", "the old queen". */
  lead: 'he' | 'she' | undefined;
}

/** Longer ones are no names, in characters. */
const LONGEST_NAME = 60;
const NAME = /\p{Lu}[\p{L}’'-]*(?:\s+(?:(?:of|the|de|van|von)\s+)?\p{Lu}[\p{L}’'-]*)*/gu;
const SENTENCE_START = /(?:^|[.!?…:]["”’)]?\s+|\n\s*|["“(]\s*)$/;
const PLACE_BEFORE =
  /\b(?:in|at|to|from|near|across|outside|through|into|toward|towards|around|above|below|beneath|off|beyond|leaves?|reach(?:es)?|aboard|(?:country|town|city|village|land|island|kingdom|port|valley|parish|county) of)\s+(?:the\s+)?$/i;
const PERSON_AFTER = /^(?:,|\s+(?:is|was|has|had|who|must|can|will|would|and|[\p{Ll}]+s|[\p{Ll}]+ed)\b|[’']s\b)/u;
/** "a station above Titan": the place is the station. */
const BESIDE = /([\p{Ll}]+)\s+(above|below|beneath|beyond|near|off|outside)\s+$/u;
const PERSON_BEFORE = /([\p{L}]+)\s+$/u;
/** Probably what a proper name stands for. */
const SETTLEMENT = /\b(?:town|village|city|port|island|station|colony|ship|country|district|valley)$/;
const CALENDAR =
  /^(?:mon|tues|wednes|thurs|fri|satur|sun)day$|^(?:january|february|april|june|july|august|september|october|november|december|christmas|easter)$/i;

/** Finds the people, places and things a premise speaks of; plain rules, because it must never fail. */
export function minePremise(text: string): MinedPremise {
  const prose = text.replace(/[#*_>`]/g, ' ');
  const names = properNames(prose);
  const nouns = describedNouns(prose);
  const described =
    names.places.length === 0 ? nouns.places : nouns.places.filter((phrase) => !SETTLEMENT.test(phrase));
  return {
    people: names.people,
    places: [...new Set([...names.places, ...described.map((phrase) => `the ${phrase}`)])].slice(0, 8),
    objects: nouns.objects.slice(0, 8),
    lead: leadOf(prose),
    sentences: sentencesOf(prose.replace(/\s+/g, ' ')).filter((sentence) => sentence.length <= 280),
  };
}

function properNames(prose: string): Pick<MinedPremise, 'people' | 'places'> {
  const people = new Set<string>();
  const places = new Set<string>();
  for (const match of prose.matchAll(NAME)) {
    const lead = prose.slice(Math.max(0, match.index - 24), match.index);
    const name = withoutSentenceStart(match[0], SENTENCE_START.test(lead) || match.index === 0);
    if (name === undefined || name.length > LONGEST_NAME || CALENDAR.test(name) || people.has(name) || places.has(name))
      continue;
    // "In" of "In Oslo" has a capital of its own, and says what Oslo is.
    const before = lead + match[0].slice(0, match[0].indexOf(name));
    const words = name.toLowerCase().split(/\s+/);
    const after = prose.slice(match.index + match[0].length, match.index + match[0].length + 24);
    const beside = BESIDE.exec(before);
    if (beside !== null && PLACE_TYPE_OF_NOUN.has(beside[1]!)) places.add(`the ${beside[1]!} ${beside[2]!} ${name}`);
    else if (PLACE_TYPE_OF_NOUN.has(words.at(-1)!) || PLACE_BEFORE.test(before)) places.add(name);
    else if (isCalledSomebody(before) || HONORIFICS.has(words[0]!) || (words.length === 2 && PERSON_AFTER.test(after)))
      people.add(name);
  }
  const parts = new Set([...people].flatMap((name) => name.split(/\s+/)));
  const isPartOfPerson = (name: string): boolean => !name.includes(' ') && parts.has(name);
  return { people: [...people].slice(0, 6), places: [...places].filter((name) => !isPartOfPerson(name)).slice(0, 6) };
}

/** "his daughter Marit", "the engineer Ken". */
function isCalledSomebody(before: string): boolean {
  const word = PERSON_BEFORE.exec(before)?.[1];
  return word !== undefined && PERSON_NOUNS.has(word);
}

function leadOf(prose: string): MinedPremise['lead'] {
  for (const [word] of prose.toLowerCase().matchAll(/\p{L}+/gu)) {
    if (MASCULINE_NOUNS.has(word)) return 'he';
    if (FEMININE_NOUNS.has(word)) return 'she';
  }
  return undefined;
}

/** A first word's capital may be the sentence's own: it is a name only when another name follows it. */
function withoutSentenceStart(name: string, startsSentence: boolean): string | undefined {
  const clean = name.replace(/[’']s$/u, '').replace(/[’'-]+$/u, '');
  const words = clean.split(/\s+/);
  const first = words[0]!.toLowerCase();
  if (/^i(?:[’']\p{Ll}+)?$/u.test(clean.toLowerCase())) return undefined;
  if (EMPTY_WORDS.has(first)) return words.slice(1).join(' ') || undefined;
  if (startsSentence) return words.length > 1 ? clean : undefined;
  return clean.length > 1 ? clean : undefined;
}

const NOUN_PHRASE =
  /(?<!\p{L})(?:[Tt]he|[Aa]n?|[Hh]is|[Hh]er|[Tt]heir|[Ii]ts|[Mm]y|[Oo]ur|[Oo]ne|that)\s+(?=((?:\p{Ll}[\p{Ll}’-]*\s+){0,4}\p{Ll}[\p{Ll}’-]*))/gu;

/** "the old salt clock that" → the thing "old salt clock"; "the clock house" → a place, and no clock. */
function describedNouns(prose: string): { places: string[]; objects: string[] } {
  const places = new Map<string, number>();
  const objects = new Map<string, number>();
  for (const match of prose.matchAll(NOUN_PHRASE)) {
    const run = match[1]!.split(/\s+/);
    const stop = run.findIndex((word) => EMPTY_WORDS.has(word));
    const phrase = stop < 0 ? run : run.slice(0, stop);
    const head = phrase.findLastIndex((word) => OBJECT_NOUNS.has(word) || PLACE_TYPE_OF_NOUN.has(word));
    if (head < 0 || head > 2 || !endsPhrase(phrase[head + 1])) continue;
    const words = phrase.slice(0, head + 1);
    if (words.slice(0, -1).some((word) => /(?:ing|ly|ed)$/.test(word))) continue;
    const into = OBJECT_NOUNS.has(words.at(-1)!) ? objects : places;
    const text = words.join(' ');
    if (text.length > LONGEST_NAME) continue;
    into.set(text, (into.get(text) ?? 0) + 1);
  }
  return { places: ranked(places), objects: ranked(objects) };
}

/** A noun followed by another noun only describes it; what looks like a verb ends the phrase. */
function endsPhrase(next: string | undefined): boolean {
  return (
    next === undefined || /(?:ed|ing)$/.test(next) || /^(?:that|which|stands?|is|was|keeps?|runs?|stops?)$/.test(next)
  );
}

/** Most often named first; "clock" goes where there is a "salt clock", and what is too general to be anywhere goes. */
function ranked(count: Map<string, number>): string[] {
  const phrases = [...count].sort(([, a], [, b]) => b - a).map(([phrase]) => phrase);
  return phrases.filter(
    (phrase) =>
      !TOO_GENERAL.has(phrase) &&
      !phrases.some((other) => other !== phrase && !phrase.includes(' ') && other.endsWith(` ${phrase}`)),
  );
}

const TOO_GENERAL = new Set([
  'town',
  'village',
  'city',
  'place',
  'home',
  'sea',
  'plain',
  'wall',
  'way',
  'road',
  'wood',
  'field',
]);
