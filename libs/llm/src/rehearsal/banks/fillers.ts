/** Small matter between beats. What needs company has `{b}` in it and is left out when there is none. */
export const SENSES: readonly string[] = [
  `There [be|s] {sound}, and then there [be|s] not. The air [smell|s] of {smell} and, under it, of something {I} [can] not place. {^light} [lie|s] along {thing} and [go|s] no further.`,
  `{P} [put] a hand on {thing}. It [be|s] colder than it [have|s] any right to be. Beyond it {light} [make|s] everything look as though it [=had been/has been] drawn and not yet inked.`,
  `Everything {at} [have|s] its place and [show|s] it: the mark on the floor where {thing} [=had stood/stood] before, the paler square on the wall, the <nail|hook> with nothing on it.`,
  `From somewhere [come|s] {sound}. Nobody [remark|s] on it.`,
  `It [smell|s] of {smell} here, as it always [=had/has], and {I} [breathe] it in the way one [read|s] a familiar name on an unfamiliar door.`,
];

export const BUSINESS: readonly string[] = [
  `{^b} [pick|s] up {clue} and [put|s] it down again a little further off, as one [move|s] a piece in a game that [=had/has] stopped being friendly.`,
  `{^b} [cross|s] to {seat} and [sit|s] on the edge of it, like somebody who [=had/has] been told the visit [=would/will] be short.`,
  `For a time {b} [say|s] nothing at all, and [do|s] it well. {P} [look] at {b.his} hands. They [be|p] the only part of {b.him} that [=had/has] not agreed to be calm.`,
  `{P} [shift] so that {thing} [be|s] between {them}. {^b} [see|s] it, and [be|s] almost amused.`,
];

export const THOUGHTS: readonly string[] = [
  `{P} [go] over it again. If {clue} [=had/has] been where it was by accident, then a good many people [=had/have] been careful for nothing. {I} [do] not believe in that much care without a reason.`,
  `What {I} [know] [go|s] on one side and what {I} [=had been/have been] told [go|s] on the other, and the second column [be|s] much the longer. It generally [be|s]. {I} [draw] the line under both and [leave] the sum for later.`,
  `{I} [think] of {core}, and of how everyone who [speak|s] of it [look|s], for the length of the word, in the same direction.`,
  `There [be|s] a kind of tiredness that [come|s] from being lied to by people who [be|p] bad at it. {P} [have] it in the shoulders, mostly. {I} [straighten] them.`,
];

export const OPENINGS: readonly string[] = [
  `<It [be|s]|By then it [be|s]> {when}, and {place} [have|s] {light} to itself. There [be|s] {sound}; there [be|s] the smell of {smell}. {P} [stand] still until {I} [=had/have] stopped arriving.`,
  `{^light} [=had got/has got] as far as {thing} and [stop|s] there. {P} [notice] that first, {at}, and then {sound}, and then that {I} [=had/have] been holding {my} breath.`,
];

export const CLOSINGS: readonly string[] = [
  `Behind {me} there [be|s] {sound}. {P} [do] not turn round. Whatever it [be|s] [can] wait until {I} [have] a name for it.`,
  `{^light} [move|s] off {thing} at last. {P} [count] what {I} [be] taking away, and it [be|s] one thing, and it [be|s] enough to be going on with.`,
];

/** Single short sentences, for the last few words of a length. */
export const SNIPPETS: readonly string[] = [
  'Nobody [say|s] anything.',
  '{P} [wait].',
  'It [be|s] very quiet.',
  'There [be|s] {sound}.',
  '{I} [let] that stand.',
  'The air [smell|s] of {smell}.',
  '{P} [look] at {thing} for a while.',
  '{^light} [do|s] not reach that far.',
  'Something about it [will] not lie flat.',
];

/** For a phrase that must stand on the page and that no play of its beat has used. */
export const MENTION_LINES: readonly string[] = [
  `“{^mention},” {I} [say], half aloud, to hear how it [sound|s] {at}.`,
  `And there [be|s] still the matter of one thing: {mention}.`,
  `{I} [keep] coming back to two or three words: {mention}.`,
  `Under it, in a plain hand, somebody [=had/has] written: {mention}.`,
];
