import type { Claim } from '../facts/claims';
import { ADVERB, BE, escapePattern, HAVE, matches, subjectPattern } from '../facts/clauses';
import { saysOpposite } from '../facts/contradiction';
import { agesSaid, coloursSaid, numbersSaid, yearsSaid } from '../facts/said';
import { COLOUR_FAMILIES } from '../words/colours.words';
import { NUMBER_PATTERN } from '../words/numbers.words';

/** Where a clause that affirms something ends; unlike one that denies, it may be the first of two. */
export const CLAUSE_END = '(?= *(?:$|[,.;:!"\\u2014\\u2013]))';

/** Whether a plain sentence (`plainSentence`) says a claim about a subject; `names` are its spellings, escaped. */
export function affirms(sentence: string, names: string, claim: Claim): boolean {
  switch (claim.kind) {
    case 'being':
      return affirmsBeing(sentence, subjectPattern(names), claim.predicate, claim.negated);
    case 'having':
      return affirmsHaving(sentence, subjectPattern(names), claim.possession, claim.negated);
    case 'colour':
      return coloursSaid(sentence, names, claim).some((said) => isSameColour(claim.colour, said));
    case 'number':
      return numbersSaid(sentence, names, claim).includes(claim.value);
    case 'age':
      return agesSaid(sentence, names).includes(claim.years);
    case 'year':
      return yearsSaid(sentence, names, claim).includes(claim.year);
  }
}

function affirmsBeing(sentence: string, subject: string, predicate: string, negated: boolean): boolean {
  const said = escapePattern(predicate);
  if (negated) {
    return (
      matches(sentence, `${subject} ${BE} (?:not|never|no longer) ${said}${CLAUSE_END}`) ||
      saysOpposite(sentence, subject, predicate)
    );
  }
  if (matches(sentence, `${subject} ${BE}${ADVERB} ${said}${CLAUSE_END}`)) return true;
  return predicate === 'dead' && matches(sentence, `${subject} (?:died|dies)${CLAUSE_END}`);
}

function affirmsHaving(sentence: string, subject: string, possession: string, negated: boolean): boolean {
  const had = escapePattern(possession);
  if (!negated) return matches(sentence, `${subject} ${HAVE} (?:an? |the |${NUMBER_PATTERN} )?${had}${CLAUSE_END}`);
  return matches(
    sentence,
    `${subject} (?:${HAVE} (?:no|never had)|(?:did|does|do) not have) (?:an? |any |the )?${had}${CLAUSE_END}`,
  );
}

function isSameColour(one: string, other: string): boolean {
  return COLOUR_FAMILIES.get(one) === COLOUR_FAMILIES.get(other);
}
