import { ANTONYMS } from '../words/antonyms.words';
import { coloursDiffer, PASSING_COLOURS } from '../words/colours.words';
import { NUMBER_PATTERN } from '../words/numbers.words';
import type { Claim } from './claims';
import { ADVERB, BE, CLAUSE_END, escapePattern, HAVE, matches, subjectPattern } from './clauses';
import { agesSaid, coloursSaid, numbersSaid, yearsSaid } from './said';

/** Whether a plain sentence (`plainSentence`) denies a claim about a subject; `names` are its spellings, escaped. */
export function denies(sentence: string, names: string, claim: Claim): boolean {
  switch (claim.kind) {
    case 'being':
      return deniesBeing(sentence, subjectPattern(names), claim.predicate, claim.negated);
    case 'having':
      return deniesHaving(sentence, subjectPattern(names), claim.possession, claim.negated);
    case 'colour':
      return coloursSaid(sentence, names, claim).some((said) => isOtherColour(claim, said));
    case 'number':
      return numbersSaid(sentence, names, claim).some((said) => said !== claim.value);
    case 'age':
      return agesSaid(sentence, names).some((said) => said !== claim.years);
    case 'year':
      return yearsSaid(sentence, names, claim).some((said) => said !== claim.year);
  }
}

function deniesBeing(sentence: string, subject: string, predicate: string, negated: boolean): boolean {
  const said = escapePattern(predicate);
  if (negated) return matches(sentence, `${subject} ${BE}${ADVERB} ${said}${CLAUSE_END}`);
  if (matches(sentence, `${subject} ${BE} (?:not|never|no longer) (?:an? |the )?${said}${CLAUSE_END}`)) return true;
  return saysOpposite(sentence, subject, predicate);
}

/** Whether it says the other word of a pair that excludes this one, or that who lives has died. */
export function saysOpposite(sentence: string, subject: string, predicate: string): boolean {
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

function isOtherColour({ part, colour }: Extract<Claim, { kind: 'colour' }>, said: string): boolean {
  const passing = part !== null && /^(?:eyes?|face|cheeks?|skin|lips|nose)$/.test(part) && PASSING_COLOURS.has(said);
  return !passing && coloursDiffer(colour, said);
}
