import { hashText } from '../language/seeded-random';
import { FEMININE_NAMES, MASCULINE_NAMES } from '../language/given-names';
import { FEMININE_NOUNS, HONORIFICS, HONORIFICS_OF_GIVEN_NAMES, MASCULINE_NOUNS, PERSON_NOUNS } from './lexicon';
import { minePremise } from './mine-premise';

export interface Pronouns {
  he: 'he' | 'she';
  him: 'him' | 'her';
  his: 'his' | 'her';
  hisOwn: 'his' | 'hers';
  himself: 'himself' | 'herself';
}

const HE: Pronouns = { he: 'he', him: 'him', his: 'his', hisOwn: 'his', himself: 'himself' };
const SHE: Pronouns = { he: 'she', him: 'her', his: 'her', hisOwn: 'hers', himself: 'herself' };

/** How a person is called after having been introduced: "Ada" for Ada Quill, but "Inspector Renn" and "Big Brother" whole. */
export function shortName(name: string): string {
  const words = name.trim().split(/\s+/);
  const first = words[0]!;
  if (words.length === 1 || /^the$/i.test(first)) return name.trim();
  const [honorific, second] = words.map((word) => word.toLowerCase().replace(/\.$/, ''));
  if (HONORIFICS.has(honorific!)) {
    if (words.length === 2 || HONORIFICS.has(second!)) return name.trim();
    return `${first} ${HONORIFICS_OF_GIVEN_NAMES.has(honorific!) ? words[1]! : words.at(-1)!}`;
  }
  // "Big Brother" is nobody's Big.
  const isCalling = PERSON_NOUNS.has(words.at(-1)!.toLowerCase()) && pronounsByKnownName(first) === undefined;
  if (isCalling) return name.trim();
  return /^\p{L}\.$/u.test(first) ? words.at(-1)! : first;
}

/** The short forms of a cast, except that two who would share one keep their full names. */
export function shortNames(names: readonly string[]): Map<string, string> {
  const shorts = names.map(shortName);
  return new Map(
    names.map((name, index) => [
      name,
      shorts.filter((short) => short === shorts[index]).length === 1 ? shorts[index]! : name,
    ]),
  );
}

/**
 * The pronouns of a person: as the premise uses them, otherwise as readers would guess from the name. Only ever from
 * the name and the premise, so that every task of a book guesses alike.
 */
export function pronounsOf(name: string, premise: string): Pronouns {
  const near = pronounNear(name, premise);
  if (near?.isSurelyTheirs === true) return pronounsByTitle(name) ?? near.pronouns;
  const short = shortName(name);
  const told = pronounsByTitle(name) ?? pronounsByKnownName(short) ?? pronounsByNoun(name);
  // What a later sentence says, or one that comes after somebody else, may be said of that other person.
  return told ?? near?.pronouns ?? pronounsByEnding(short);
}

function pronounsByTitle(name: string): Pronouns | undefined {
  const title = name
    .trim()
    .toLowerCase()
    .split(/[\s.]+/)[0]!;
  if (
    /^(mrs|ms|miss|lady|mother|sister|aunt|queen|princess|mada?me|mademoiselle|doña|dame|frau|fräulein|señora|signora)$/.test(
      title,
    )
  )
    return SHE;
  if (/^(mr|sir|lord|father|brother|uncle|king|prince|monsieur|don|herr|señor|signor)$/.test(title)) return HE;
  return undefined;
}

/** The first "he" or "she" after the name; "her" and "his" may be somebody else's. */
function pronounNear(name: string, premise: string): { pronouns: Pronouns; isSurelyTheirs: boolean } | undefined {
  const short = shortName(name);
  const at = premise.indexOf(short);
  if (at < 0) return undefined;
  const after = premise.slice(at + short.length, at + 160).split(/\n\s*\n/)[0]!;
  const other = after.search(/[,.;:!?\s](?!I\b)\p{Lu}\p{Ll}+ \p{Lu}\p{Ll}+/u);
  const pronoun = /\b(she|herself|he|himself)\b/i.exec(other > 0 ? after.slice(0, other) : after);
  if (pronoun === null) return undefined;
  const pronouns = /^(she|her)/i.test(pronoun[1]!) ? SHE : HE;
  const isSameSentence = !/[.!?]/.test(after.slice(0, pronoun.index));
  const before = premise
    .slice(0, at)
    .split(/\n\s*\n/)
    .at(-1)!;
  return { pronouns, isSurelyTheirs: isSameSentence && minePremise(before).people.length === 0 };
}

/** Without accents, which people leave out and put in: "ines". */
const givenNameOf = (short: string): string =>
  short.toLowerCase().split(/\s+/).at(-1)!.normalize('NFD').replace(/\p{M}/gu, '');

function pronounsByKnownName(short: string): Pronouns | undefined {
  const given = givenNameOf(short);
  for (const name of [given, given.split('-')[0]!]) {
    if (FEMININE_NAMES.has(name)) return SHE;
    if (MASCULINE_NAMES.has(name)) return HE;
  }
  return undefined;
}

/** "Big Brother", "the Widow Marsh": a word of the name says it, where the given name does not. */
function pronounsByNoun(name: string): Pronouns | undefined {
  for (const word of name.toLowerCase().split(/[^\p{L}]+/u)) {
    if (FEMININE_NOUNS.has(word)) return SHE;
    if (MASCULINE_NOUNS.has(word)) return HE;
  }
  return undefined;
}

function pronounsByEnding(short: string): Pronouns {
  const given = givenNameOf(short);
  if (/(a|ia|ie|ette|elle|ine)$/.test(given)) return SHE;
  if (/(o|us|os|er|ard|ert|win|ram|ik)$/.test(given)) return HE;
  return hashText(given) % 2 === 0 ? SHE : HE;
}
