import { GROUPS, MEASURES, NEUTRAL_GROUPS, type Group } from '../measures/groups';
import { tripleShares } from '../measures/letter-triples';
import { measure, type Measured } from '../measures/measure';
import { ENGLISH } from '../reference/english.reference';
import type { Reference } from '../reference/reference';

/** The style of a text as numbers, to be kept: about 600 of them, whatever its length. */
export interface Style {
  /** `Reference.edition`. */
  edition: string;
  words: number;
  /** False: only what does not hold English words may be compared. */
  english: boolean;
  groups: Record<Group, number[]>;
}

/**
 * The style of a text.
 * @param language a language tag; what is not English is compared by `NEUTRAL_GROUPS` alone
 */
export function styleOf(text: string, language = 'en', reference: Reference = ENGLISH): Style {
  return asStyle(measure(text), /^en\b/i.test(language), reference);
}

export function asStyle(measured: Measured, english: boolean, { edition, triples }: Reference): Style {
  const letters = tripleShares(measured.letters, triples);
  return { edition, words: measured.words, english, groups: { letters, ...measured.groups } };
}

export function groupsOf(style: Pick<Style, 'english'>): readonly Group[] {
  return style.english ? GROUPS : NEUTRAL_GROUPS;
}

/** What a measure is called before people. */
export function measureName(group: Group, index: number, reference: Reference): string {
  return (group === 'letters' ? reference.triples : MEASURES[group])[index]!;
}
