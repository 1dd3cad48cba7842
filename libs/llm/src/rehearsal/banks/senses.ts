import type { PlaceType } from '../story/lexicon';
import { BUILT_SENSES } from './senses-built';
import { OPEN_SENSES } from './senses-open';

/** Of any place; `{thing}`, `{sound}` and `{smell}` make it this one. */
const ANY_SENSES: readonly string[] = [
  `There [be|s] {sound}, and then there [be|s] not. The air [smell|s] of {smell} and, under that, of something {I} [can] not place. {^light} [lie|s] along {thing} and [go|s] no further.`,
  `{P} [put] a hand on {thing}. It [be|s] colder than it [have|s] any right to be. In {light} it all [look|s] as though it [have|s] been drawn, and not yet inked.`,
  `From somewhere [come|s] {sound}. Nobody [remark|s] on it. It [be|s] the sort of sound that [belong|s] to a place as a cough [belong|s] to a person.`,
  `{P} [look] about. {^thing}: that [be|s] as it was. {^seat}: that [have|s] been turned, by a little, so as to face away. {I} [have] no theory about it. {I} only [put] it with the others.`,
  `It [smell|s] of {smell}. One [can] get used to it in an hour, {I} [suppose], and in a year not know that there [be|s] a smell, and in ten be homesick for it.`,
  `{^light} [have|s] moved since {I} last [look]. It [have|s] found out {thing}, and a long scratch beside it that [be|s] neither old nor an accident.`,
  `There [be|s] a silence then with {sound} in the middle of it, as there [be|s] a stone in the middle of a plum.`,
  `{P} [notice] {thing} as one [notice|s] a person at a party who [have|s] been standing there all evening: with a small shock, and the feeling of having been rude.`,
];

export const SENSES: Record<PlaceType, readonly string[]> = Object.fromEntries(
  Object.entries({ ...BUILT_SENSES, ...OPEN_SENSES }).map(([type, senses]) => [type, [...senses, ...ANY_SENSES]]),
) as unknown as Record<PlaceType, readonly string[]>;
