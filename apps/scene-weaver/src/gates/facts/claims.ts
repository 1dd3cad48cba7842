import { NUMBER_PATTERN, numberOf } from '../words/numbers.words';
import { COLOUR_FAMILIES } from '../words/colours.words';

/** What a fact says in a form that prose can be held against. All words are in lower case. */
export type Claim =
  /** "X is (not) Y". */
  | { kind: 'being'; negated: boolean; predicate: string }
  /** "X has (no) Y". */
  | { kind: 'having'; negated: boolean; possession: string }
  /** "X's eyes are green", "X has green eyes", "the door is red" (`part` is null). */
  | { kind: 'colour'; part: string | null; colour: string }
  /** "X has seven bells". */
  | { kind: 'number'; part: string; value: number }
  /** "X is forty-two (years old)". */
  | { kind: 'age'; years: number }
  /** "X was built in 1871". */
  | { kind: 'year'; deed: string; year: string };

export interface ParsedFact {
  /** Whom the claims are about, as the statement has it, without article; null where it is a pronoun. */
  subject: string | null;
  claims: Claim[];
}

const PRONOUNS = new Set(['it', 'he', 'she', 'they', 'this', 'that', 'its', 'his', 'her', 'their']);
const BEING = /^(.{1,80}?) (?:is|was|are|were|remains|remained|stays|stayed)( not| never| no longer)? (.+)$/;
const HAVING = /^(.{1,80}?) (?:has|had|have)( no| not a| never had)? (.+)$/;
const POSSESSED = /^(.+?)'s? ([a-z]+)$/;
const AGE = new RegExp(`^(${NUMBER_PATTERN})(?: years old| years of age)?$`);
const COUNTED = new RegExp(`^(?:exactly |only )?(${NUMBER_PATTERN}) ([a-z]+)$`);
const DATED = /^([a-z]+(?: [a-z]+)?) in (\d{4})$/;

/** Lower case, plain quotes and single spaces, contractions of "not" written out, no closing stop. */
export function plainSentence(text: string): string {
  return text
    .toLowerCase()
    .replace(/[\u2018\u2019]/g, "'")
    .replace(/[\u2010\u2011]/g, '-')
    .replace(/\s+/g, ' ')
    .replace(/\b(is|was|are|were|has|had|have|did|does|do)n't\b/g, '$1 not')
    .trim();
}

const parsed = new Map<string, ParsedFact | null>();
const MAX_PARSED = 2000;

/** The claims of an English statement; null where its shape is not one of those above. */
export function parseFact(statement: string): ParsedFact | null {
  let fact = parsed.get(statement);
  if (fact === undefined) {
    // A book's facts come back with each of its scenes.
    if (parsed.size >= MAX_PARSED) parsed.clear();
    fact = parseStatement(statement);
    parsed.set(statement, fact);
  }
  return fact;
}

function parseStatement(statement: string): ParsedFact | null {
  const plain = plainSentence(statement).replace(/[.!\s]+$/, '');
  if (/[,;:?"]/.test(plain)) return null;
  const being = BEING.exec(plain);
  const having = HAVING.exec(plain);
  if (being && (!having || being[1]!.length <= having[1]!.length)) {
    return beingClaims(being[1]!, being[2] !== undefined, being[3]!);
  }
  return having ? havingClaims(having[1]!, having[2] !== undefined, having[3]!) : null;
}

function beingClaims(phrase: string, negated: boolean, predicate: string): ParsedFact {
  const possessed = POSSESSED.exec(phrase);
  if (possessed && !negated && COLOUR_FAMILIES.has(predicate)) {
    return { subject: subjectOf(possessed[1]!), claims: [{ kind: 'colour', part: possessed[2]!, colour: predicate }] };
  }
  const claims: Claim[] = [{ kind: 'being', negated, predicate }];
  const years = numberOf(AGE.exec(predicate)?.[1] ?? '');
  const dated = DATED.exec(predicate);
  if (!negated && years !== null) claims.push({ kind: 'age', years });
  if (!negated && COLOUR_FAMILIES.has(predicate)) claims.push({ kind: 'colour', part: null, colour: predicate });
  if (!negated && dated) claims.push({ kind: 'year', deed: dated[1]!, year: dated[2]! });
  return { subject: subjectOf(phrase), claims };
}

function havingClaims(phrase: string, negated: boolean, object: string): ParsedFact {
  const claims: Claim[] = [];
  const possession = object.replace(/^(?:an?|the|any|exactly|only) /, '');
  const counted = COUNTED.exec(object);
  const value = numberOf(counted?.[1] ?? '');
  const words = possession.split(' ');
  if (counted && value !== null && !negated) claims.push({ kind: 'number', part: counted[2]!, value });
  else claims.push({ kind: 'having', negated, possession });
  const colour = words.at(-2);
  if (!negated && words.length <= 3 && colour !== undefined && COLOUR_FAMILIES.has(colour)) {
    claims.push({ kind: 'colour', part: words.at(-1)!, colour });
  }
  return { subject: subjectOf(phrase), claims };
}

function subjectOf(phrase: string): string | null {
  const bare = phrase.replace(/^(?:the|an?) /, '');
  return PRONOUNS.has(bare) ? null : bare;
}
