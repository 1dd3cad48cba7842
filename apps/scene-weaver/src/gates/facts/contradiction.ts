import { ANTONYMS } from '../words/antonyms.words';
import { COLOUR_FAMILIES, coloursDiffer, PASSING_COLOURS } from '../words/colours.words';
import { NUMBER_PATTERN, numberOf } from '../words/numbers.words';
import type { Claim } from './claims';

const CLAUSE_START = '(?:^|[.;:,\\u2014\\u2013"] ?|\\b(?:and|but) )';
const TITLE = '(?:the |(?:old )?(?:mr|mrs|miss|ms|dr|captain|doctor|lady|lord|sir)\\.? )?';
const BE = '(?:is|was|are|were)';
const HAVE = '(?:has|had|have)';
const ADVERB = '(?: (?:now|already|still|certainly|indeed|truly|quite|very|clearly|plainly))?';
/** After these the clause may go on and mean something else ("dead tired", "dead to the world"). */
const CLAUSE_END = '(?= *(?:$|[.;:!"\\u2014\\u2013]))';

/** Whether a plain sentence (`plainSentence`) denies a claim about a subject; `names` are its spellings, escaped. */
export function denies(sentence: string, names: string, claim: Claim): boolean {
  const subject = `${CLAUSE_START}${TITLE}(?:${names})`;
  switch (claim.kind) {
    case 'being':
      return deniesBeing(sentence, subject, claim.predicate, claim.negated);
    case 'having':
      return deniesHaving(sentence, subject, claim.possession, claim.negated);
    case 'colour':
      return deniesColour(sentence, subject, names, claim);
    case 'number':
      return deniesNumber(sentence, subject, names, claim);
    case 'age':
      return deniesAge(sentence, subject, names, claim.years);
    case 'year':
      return everyMatch(sentence, `${subject} ${BE} ${escapePattern(claim.deed)} in (\\d{4})\\b`).some(
        ([, year]) => year !== claim.year,
      );
  }
}

function deniesBeing(sentence: string, subject: string, predicate: string, negated: boolean): boolean {
  const said = escapePattern(predicate);
  if (negated) return matches(sentence, `${subject} ${BE}${ADVERB} ${said}${CLAUSE_END}`);
  if (matches(sentence, `${subject} ${BE} (?:not|never|no longer) (?:an? |the )?${said}${CLAUSE_END}`)) return true;
  const opposites = ANTONYMS.get(predicate);
  if (!opposites) return false;
  if (matches(sentence, `${subject} ${BE}${ADVERB} (?:${opposites.map(escapePattern).join('|')})${CLAUSE_END}`))
    return true;
  return opposites.includes('dead') && matches(sentence, `${subject} (?:died|dies)${CLAUSE_END}`);
}

function deniesHaving(sentence: string, subject: string, possession: string, negated: boolean): boolean {
  const had = escapePattern(possession);
  if (negated) return matches(sentence, `${subject} ${HAVE} (?:an? |the |${NUMBER_PATTERN} )?${had}${CLAUSE_END}`);
  return matches(
    sentence,
    `${subject} (?:${HAVE} (?:no|never had)|(?:did|does|do) not have) (?:an? |any |the )?${had}${CLAUSE_END}`,
  );
}

function deniesColour(
  sentence: string,
  subject: string,
  names: string,
  { part, colour }: Extract<Claim, { kind: 'colour' }>,
): boolean {
  const any = `(${[...COLOUR_FAMILIES.keys()].join('|')})`;
  const differs = ([, said]: RegExpExecArray): boolean => {
    const passing = part !== null && /^(?:eyes?|face|cheeks?|skin|lips|nose)$/.test(part) && PASSING_COLOURS.has(said!);
    return !passing && coloursDiffer(colour, said!);
  };
  if (part === null) return everyMatch(sentence, `${subject} ${BE}${ADVERB} ${any}${CLAUSE_END}`).some(differs);
  const noun = escapePattern(part);
  return [
    `${subject} ${HAVE} ${any} ${noun}\\b`,
    `${subject}'s? ${noun} ${BE}${ADVERB} ${any}${CLAUSE_END}`,
    `\\b(?:${names})'s? ${any} ${noun}\\b`,
  ].some((pattern) => everyMatch(sentence, pattern).some(differs));
}

function deniesNumber(
  sentence: string,
  subject: string,
  names: string,
  { part, value }: Extract<Claim, { kind: 'number' }>,
): boolean {
  const noun = `${escapePattern(part.replace(/s$/, ''))}s?`;
  const differs = ([, said]: RegExpExecArray): boolean => {
    const count = numberOf(said!);
    return count !== null && count !== value;
  };
  if (
    everyMatch(sentence, `${subject} ${HAVE} (?:only |exactly )?(${NUMBER_PATTERN}) ${noun}${CLAUSE_END}`).some(differs)
  ) {
    return true;
  }
  // "Ada's one brother who sails" may have brothers beside him; "the tower's five bells" are all there are.
  const all = everyMatch(
    sentence,
    `(?<!\\bof )(?:the |^)(?:${names})'s? (${NUMBER_PATTERN}) ${noun}\\b(?! (?:who|that|which|of|from|in|left)\\b)`,
  );
  return all.some((match) => differs(match) && numberOf(match[1]!)! > 1);
}

function deniesAge(sentence: string, subject: string, names: string, years: number): boolean {
  if (/\b(?:when|then|that year|at the time)\b/.test(sentence)) return false;
  return [
    `${subject} ${BE}${ADVERB} (${NUMBER_PATTERN})(?: years old| years of age)?${CLAUSE_END}`,
    `\\b(${NUMBER_PATTERN})-year-old (?:${names})\\b`,
    `${subject}, (?:aged )?(${NUMBER_PATTERN}),`,
  ].some((pattern) => everyMatch(sentence, pattern).some(([, said]) => numberOf(said!.replace(/-$/, '')) !== years));
}

const compiled = new Map<string, RegExp>();
const MAX_COMPILED = 2000;

/** Facts are the same from scene to scene of a book, so their patterns are kept, up to a bound. */
function patternOf(source: string): RegExp {
  let pattern = compiled.get(source);
  if (!pattern) {
    if (compiled.size >= MAX_COMPILED) compiled.clear();
    pattern = new RegExp(source, 'gu');
    compiled.set(source, pattern);
  }
  pattern.lastIndex = 0;
  return pattern;
}

function matches(sentence: string, source: string): boolean {
  return patternOf(source).test(sentence);
}

function everyMatch(sentence: string, source: string): RegExpExecArray[] {
  return [...sentence.matchAll(patternOf(source))];
}

/** A phrase as a pattern that matches it to the letter. */
export function escapePattern(phrase: string): string {
  return phrase.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}
