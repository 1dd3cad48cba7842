import { COLOUR_FAMILIES } from '../words/colours.words';
import { NUMBER_PATTERN, numberOf } from '../words/numbers.words';
import type { Claim } from './claims';
import { ADVERB, BE, CLAUSE_END, escapePattern, everyMatch, HAVE, subjectPattern } from './clauses';

type ClaimOf<K extends Claim['kind']> = Extract<Claim, { kind: K }>;

/** The colours a plain sentence gives to what the claim is about; `names` are the subject's spellings, escaped. */
export function coloursSaid(sentence: string, names: string, { part }: ClaimOf<'colour'>): string[] {
  const subject = subjectPattern(names);
  const any = `(${[...COLOUR_FAMILIES.keys()].join('|')})`;
  if (part === null) return firstGroups(sentence, [`${subject} ${BE}${ADVERB} ${any}${CLAUSE_END}`]);
  const noun = escapePattern(part);
  return firstGroups(sentence, [
    `${subject} ${HAVE} ${any} ${noun}\\b`,
    `${subject}'s? ${noun} ${BE}${ADVERB} ${any}${CLAUSE_END}`,
    `\\b(?:${names})'s? ${any} ${noun}\\b`,
  ]);
}

/** How many of the claim's things it says there are. */
export function numbersSaid(sentence: string, names: string, { part }: ClaimOf<'number'>): number[] {
  const noun = `${escapePattern(part.replace(/s$/, ''))}s?`;
  const had = `${subjectPattern(names)} ${HAVE} (?:only |exactly )?(${NUMBER_PATTERN}) ${noun}${CLAUSE_END}`;
  // "Ada's one brother who sails" may have brothers beside him; "the tower's five bells" are all there are.
  const all = `(?<!\\bof )(?:the |^)(?:${names})'s? (${NUMBER_PATTERN}) ${noun}\\b(?! (?:who|that|which|of|from|in|left)\\b)`;
  const counts = firstGroups(sentence, [had]).map(numberOf);
  const presupposed = firstGroups(sentence, [all])
    .map(numberOf)
    .filter((count) => count !== null && count > 1);
  return [...counts, ...presupposed].filter((count) => count !== null);
}

/** The years of age it gives the subject; null for a number it does not understand. */
export function agesSaid(sentence: string, names: string): (number | null)[] {
  if (/\b(?:when|then|that year|at the time)\b/.test(sentence)) return [];
  const subject = subjectPattern(names);
  return firstGroups(sentence, [
    `${subject} ${BE}${ADVERB} (${NUMBER_PATTERN})(?: years old| years of age)?${CLAUSE_END}`,
    `\\b(${NUMBER_PATTERN})-year-old (?:${names})\\b`,
    `${subject}, (?:aged )?(${NUMBER_PATTERN}),`,
  ]).map((said) => numberOf(said.replace(/-$/, '')));
}

/** The years in which it says that the claim's deed was done. */
export function yearsSaid(sentence: string, names: string, { deed }: ClaimOf<'year'>): string[] {
  return firstGroups(sentence, [`${subjectPattern(names)} ${BE} ${escapePattern(deed)} in (\\d{4})\\b`]);
}

function firstGroups(sentence: string, patterns: readonly string[]): string[] {
  return patterns.flatMap((pattern) => everyMatch(sentence, pattern).map(([, said]) => said!));
}
