import type { StoryEvent } from './event-types';

/** A thing is planted. */
export const FIND_EVENTS: readonly StoryEvent[] = [
  {
    id: 'find-hidden',
    kind: 'find',
    text: '{P} [find], where no one was meant to look, {clue.full}',
    plays: [
      `It [be|s] the dust that [give|s] it away, or the want of dust: a clean place the size of a hand. {P} [reach] in behind and [draw] out {clue.full}. {I} [turn] it over twice. It [have|s] the <particular|small, settled> weight of a thing that somebody [have|s] decided not to throw away.`,
      `{P} [be] looking for something else. That [be|s] the only reason {I} [find] it: {clue.full}, pushed to the back where a tall person would not look and a short one could not reach. {I} [do] not call out. {I} [hold] it where the light [be|s] best and [let] it be what it [be|s].`,
      `Under {surface} there [be|s] a gap that [have|s] no business being a gap. {P} [put] in two fingers, as one [do|s] with a child's tooth, and [bring] out {clue.full}. Nobody [lose|s] a thing so thoroughly by accident. {I} [blow] the dust off it and [feel], absurdly, that {I} should apologise.`,
    ],
  },
  {
    id: 'find-given',
    kind: 'find',
    text: '{b} [bring|s] out {clue.full}, [give|s] it to {Po} and [ask|s] for nothing',
    plays: [
      `“Take it,” {b} [say|s], and [put|s] into {my} palm {clue.full}. {b.he} [do|s] not say what it [be|s] for. {P} [wait] for the price and no price [come|s], and that, more than anything {b} [have|s] said so far, [make|s] {me} careful.`,
      `{b} [have|s] had it about {b.him} the whole time: {clue.full}. {b.he} [lay|s] it on {surface} and [take|s] away {b.his} hand slowly, like someone setting down a full glass. “I am tired of knowing where it is,” {b.he} [say|s]. “You have it. You look as if you slept well.”`,
      `{b} [count|s] out three coins into {my} hand, by way of change, and the third [be|s] no coin. {P} [look] down. It [be|s] {clue.full}. {b} [be|s] already talking to somebody else, quite loudly, about fish; and {I} [close] {my} fingers, since that [be|s] plainly what they [be|p] for.`,
    ],
  },
  {
    id: 'find-left',
    kind: 'find',
    text: '{P} [notice] {clue.full} and [leave] it where it [be|s]',
    plays: [
      `On the way past, {P} [notice] {clue.full}. It [have|s] no business there. {I} [leave] it where it [be|s]; a thing that [have|s] been put somewhere [will] be looked for, and {I} would rather know by whom.`,
      `And there, in no hurry to be found, [be|s] {clue.full}. {P} [look] at it for as long as it [take|s] to be sure and then [look] with great interest at {thing} instead. {I} [leave] it lying. It [be|s] the hardest thing {I} [have] done all day.`,
      `What [catch|s] the eye [be|s] how nobody else's [be|s] caught. They [walk|p] past it; they [step|p] over it. {P} [stop], and [bend], and there it [lie|s] in the open, {clue.full}, as plain as a nose. {I} [straighten] up and [leave] it. One [do|s] not take the bait until one [know|s] who [be|s] fishing.`,
    ],
  },
  {
    id: 'find-dropped',
    kind: 'find',
    text: '{b} [let|s] fall {clue.full}, and {P} [be] the first to pick it up',
    plays: [
      `{b} [pull|s] out a handkerchief and something [come|s] with it, [strike|s] {thing} and [roll|s]. {P} [be] the first to bend. What {I} [hand] back to {b.him}, after looking at it rather longer than [be|s] civil, [be|s] {clue.full}. “Keep it,” {b} [say|s], too late and too lightly. So {I} [keep] it.`,
      `There [be|s] a small sound by {b.his} foot, and {b} [do|s] not look down, which nobody [do|s] who [have|s] not heard it. {P} [stoop]. It [be|s] {clue.full}. “Yours?” {I} [ask]. “I never saw it before,” {b.he} [say|s], putting out a hand for it and then putting the hand away.`,
      `It [fall|s] out of the lining when {b} [take|s] {b.his} coat off, and [spin|s], and [take|s] its time about lying down: {clue.full}. {P} [have] a foot on it before {I} [know] why. “Cold in here,” {b} [say|s], looking at the foot; and [put|s] the coat on again.`,
    ],
  },
  {
    id: 'find-traded',
    kind: 'find',
    text: '{P} [give] {b} a promise and [get] {clue.full} for it',
    plays: [
      `“I want one thing for it,” {b} [say|s]. “Not money. When you know, you tell me first, before you tell anyone whose trade it is to know.” {P} [say] that {I} [do] not make promises in that form. {b} [wait|s]. In the end {I} [make] it in that form, and {b.he} [set|s] down in front of {me} {clue.full}.`,
      `{b.he} [name|s] {b.his} price, and it [be|s] only a sentence: that {b.his} name should not be said where {b.he} could not hear it. {P} [agree]. {b} [unwrap|s] a handkerchief, corner by corner, and there [be|s] {clue.full}. It [look|s] like very little, for a promise. They generally [do|p].`,
    ],
  },
  {
    id: 'find-mended',
    kind: 'find',
    text: '{P} [take] a thing apart that rattled, and inside it [be|s] {clue.full}',
    plays: [
      `It [rattle|s]. Things [do|p] not rattle without a reason, and {P} [have] a small screwdriver. Inside {item}, wrapped in a twist of paper so that it should not do exactly that, [be|s] {clue.full}. The paper [have|s] worn through on one side. Somebody [have|s] counted on its lasting longer, or on not having to wait so long.`,
      `{P} [have] {item} in {my} hand for no better reason than that it [be|s] in the way. It [be|s] the wrong weight. {I} [unscrew] the bottom of it, feeling foolish, and there, packed in lint like something that could be hurt, [be|s] {clue.full}.`,
    ],
  },
];
