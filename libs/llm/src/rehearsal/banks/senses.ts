import type { PlaceType } from '../story/lexicon';
import { BUILT_SENSES } from './senses-built';
import { OPEN_SENSES } from './senses-open';

/** Of any place; `{thing}`, `{sound}` and `{smell}` make it this one. */
export const ANY_SENSES: readonly string[] = [
  `There [be|s] {sound}, and then there [be|s] not. The air [smell|s] of {smell} and, under that, of something {I} [cannot] place. {^light} [lie|s] along {thing} and [go|s] no further.`,
  `{P} [put] a hand on {thing}. It [be|s] colder than it [have|s] any right to be. In {light} it all [look|s] as though it [have|s] been drawn, and not yet inked.`,
  `From somewhere [come|s] {sound}. Nobody [remark|s] on it. It [be|s] the sort of sound that [belong|s] to a place as a cough [belong|s] to a person.`,
  `{P} [look] about. {^thing}: that [be|s] as it was. {^seat}: that [have|s] been turned, by a little, so as to face away. {I} [have] no theory about it. {I} only [put] it with the others.`,
  `It [smell|s] of {smell}. One [can] get used to it in an hour, {I} [suppose], and in a year not know that there [be|s] a smell, and in ten be homesick for it.`,
  `{^light} [have|s] moved since {I} last looked. It [have|s] found out {thing}, and a long scratch beside it that [be|s] neither old nor an accident.`,
  `There [be|s] a silence then with {sound} in the middle of it, as there [be|s] a stone in the middle of a plum.`,
  `{P} [notice] {thing} as one [notice|s] a person at a party who [have|s] been standing there all evening: with a small shock, and the feeling of having been rude.`,
  `A fly [go|s] round and round in the middle of the air, keeping to an appointment. Under it [be|s] {thing}, and {light}, and nothing whatever the matter.`,
  `{^smell}: it [get|s] into the clothes, and {P} [know] already that in some other place, years on, a coat pulled out of a box [will|s] bring back this minute and nothing before it or after.`,
  `Things [have|p] a look, {P} [have] noticed, when they [have|p] been talked about. {^item} [have|s] it now.`,
  `There [be|s] {sound}. It [be|s] answered, after a moment, by something smaller and further off, and then by nothing, three times, at the same interval.`,
  `It [be|s] neither warm nor cold. {^light} [lie|s] about on things as if it [have|s] been told to wait there.`,
  `Nothing [move|s]. It [have|s] the stillness of a thing held, rather than of a thing at rest; {P} [find] {myself} looking for the hand.`,
  `There [be|s] a mark on {surface}, a ring, as from a wet glass, and inside it a smaller ring; somebody [have|s] set things down there one inside the other, on different days, and never wiped.`,
  `From where {P} [stand], {thing} and {item} and a third thing, that {I} [cannot] make out, [be|p] exactly in line. It [may|s] be nothing. Surveyors and murderers [think|p] of such things, and children.`,
  `{^light} [show|s] up the dust, and in the dust a place where a sleeve [have|s] leant, and by the place a small dry flower such as nobody here [grow|s].`,
  `The quiet [have|s] a grain to it, like wood. {P} [can] tell which way it [run|s]. It [run|s] away from {thing}.`,
  `A smell of {smell} [come|s], and [go|s], and [come|s] again a little altered, as a person [do|s] who [have|s] thought of something else to say.`,
  `Somebody [have|s] chalked a line on {surface}, and somebody else [have|s] rubbed it out, and the first somebody, or a third, [have|s] gone over the place again with a nail.`,
  `{P} [hear] {sound}, and [wait] for what always [follow|s] it. It [do|s] not follow. It [be|s] odd how loud that [be|s].`,
  `There [be|p] two cups. {P} [look] at them for longer than two cups [deserve|p]. One [have|s] been drunk from, and both [have|p] been washed.`,
];

export const SENSES: Record<PlaceType, readonly string[]> = { ...BUILT_SENSES, ...OPEN_SENSES };
