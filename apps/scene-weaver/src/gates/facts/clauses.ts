export const CLAUSE_START = '(?:^|[.;:,\\u2014\\u2013"] ?|\\b(?:and|but) )';
export const TITLE = '(?:the |(?:old )?(?:mr|mrs|miss|ms|dr|captain|doctor|lady|lord|sir)\\.? )?';
export const BE = '(?:is|was|are|were|am)';
export const HAVE = '(?:has|had|have)';
export const ADVERB = '(?: (?:now|already|still|certainly|indeed|truly|quite|very|clearly|plainly))?';
/** After these the clause may go on and mean something else ("dead tired", "dead to the world"). */
export const CLAUSE_END = '(?= *(?:$|[.;:!"\\u2014\\u2013]))';

/** A subject at the beginning of a clause; `names` are its spellings, escaped. */
export function subjectPattern(names: string): string {
  return `${CLAUSE_START}${TITLE}(?:${names})`;
}

/** A phrase as a pattern that matches it to the letter. */
export function escapePattern(phrase: string): string {
  return phrase.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
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

export function matches(sentence: string, source: string): boolean {
  return patternOf(source).test(sentence);
}

export function everyMatch(sentence: string, source: string): RegExpExecArray[] {
  return [...sentence.matchAll(patternOf(source))];
}
