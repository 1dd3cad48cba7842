/** Small things done. With the other person. */
export const SHARED_BUSINESS: readonly string[] = [
  `{b} [take|s] {clue} up and [put|s] it down again a little further off, as one [move|s] a piece in a game that [have|s] stopped being friendly.`,
  `{b} [cross|s] to {seat} and [sit|s] on the edge of it, like somebody who [have|s] been told that the visit would be short.`,
  `For a time {b} [say|s] nothing at all, and [do|s] it well. {P} [look] at {b.his} hands. They [be|p] the only part of {b.him} that [have|s] not agreed to be calm.`,
  `{P} [shift] so that {thing} [be|s] between {them}. {b} [see|s] it done, and [seem|s] almost amused.`,
  `{b} [hold|s] {b.his} hand out into {light} and [look|s] at the back of it, then at the palm, as if {b.he} [have|s] been asked to identify it.`,
  `“Listen,” {b} [say|s]. There [be|s] {sound}. {b.he} [keep|s] a finger raised until it [be|s] over; then {b.he} [lower|s] it, and [do|s] not explain.`,
  `{b} [laugh|s], once, at nothing {P} [have] said. It [have|s] the sound of a drawer being shut on something.`,
  `With the side of {b.his} foot {b} [push|s] {seat} a few inches into the light. {P} [understand] that {I} [be] being offered it, and that {I} [be] not to make anything of it.`,
  `A crumb of something [lie|s] on {b.his} sleeve. {P} [have] been looking at it for some minutes before {I} [see] that {b} [know|s] it [be|s] there, and [be|s] leaving it for {me} to look at.`,
  `{b} [stand|s] with {b.his} weight on one leg, as people [do|p] who [have|p] waited a great deal in corridors. When {P} [speak] {b.he} [change|s] to the other.`,
  `“You've ink on your chin,” {b} [say|s]. {P} [rub] at it. “The other side,” {b} [say|s], quite gently, and for a moment it [be|s] any day at all.`,
  `{b} [begin|s] to say a name and [turn|s] it, with great presence of mind, into a cough.`,
  `{^they} [be|p] both looking at {thing} now, in the way in which people at a bedside [look|p] at the clock.`,
  `{b} [do|s] up a button that [be|s] done up. {P}, for company, [look] through {my} pockets for something {I} [have] no need of.`,
  `“After you,” {b} [say|s], although nobody [be|s] going anywhere. {P} [wait] to see what would come of it. What [come|s] of it [be|s] that {b} [sit|s] down.`,
  `Without being asked, {b} [set|s] {thing} to rights. {b.he} [do|s] it tenderly, with a thumb. It [be|s], {P} [think], the first time {I} [have] seen {b.him} touch a thing as if it could feel.`,
];

/** Small things done alone, or as if alone. */
export const SOLITARY_BUSINESS: readonly string[] = [
  `{P} [pace] it out, heel to toe, from {thing} to {seat}. Eleven. {I} [do] it again from the other end, since one never [know|s], and it [be|s] eleven.`,
  `{P} [take] out {my} notebook, [look] at the last line in it, and [put] it away without adding to it.`,
  `With a fingernail {P} [lift] the edge of something that [have|s] been stuck down, [see] what [be|s] under it, and [smooth] it flat again.`,
  `{P} [close] {my} eyes. It [be|s] a thing {I} [do] where there [be|s] too much to see. There [be|s] {smell}; there [be|s] {sound}; there [be|s] a draught, where no draught should be, at about the height of the knee.`,
  `{P} [go] down on {my} knees, with a certain amount of conversation from the joints, and [look] at it all from the height of a child. From down here {thing} [be|s] a different matter altogether.`,
  `{P} [turn] {clue} over. {I} [have] turned it over so often that it [have|s] begun to feel like a habit of the hand, like a ring.`,
  `There [be|s] a thread caught on {thing}, blue, no longer than an eyelash. {P} [wind] it round {my} finger and [go] on as before.`,
  `{P} [take] off one glove, so as to have it to put on again.`,
  `A moth [walk|s] round the rim of the light, keeping to the dark side. {P} [watch] it all the way round. It [seem|s] the only other person present who [be|s] being methodical.`,
  `{P} [say] the number aloud, to hear if it [sound|s] as wrong as it [look|s]. It [sound|s] like a number.`,
  `Out of habit {P} [check] the way out. It [be|s] where it [have|s] been.`,
  `{P} [move] {thing} back to where its mark [be|s]. It [go|s] home with a small click, like agreement.`,
];
