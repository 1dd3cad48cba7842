import type { StoryEvent } from './event-types';

/** The chapter's question is answered. */
export const LEARN_EVENTS: readonly StoryEvent[] = [
  {
    id: 'learn-told',
    kind: 'learn',
    text: '{P} [learn] from {b} that {answer}',
    plays: [
      `{b} [tell|s] it to {thing}, not to {me}. It [take|s] no longer than a grace before meat. When it [be|s] out, {P} [have] it in one piece at last: {answer}. “There,” {b.he} [say|s]. “Now there are two of us who cannot un-know it.”`,
      `“Sit down,” {b} [say|s], and for once {P} [do] as {I} [be] told. What {b.he} [say|s] then {b.he} [say|s] quickly, with {b.his} eyes on {my} hands: {answer}. {I} [ask] {b.him} to say it again. {b.he} [do|s], in the same words, which [be|s] how {I} [know] that they [be|p] true.`,
      `{b} [have|s] begun to button {b.his} coat, and [have|s] got as far as the third button, when {b.he} [say|s] it. {P} [be] not sure at first of having heard. It [be|s] very little, for something that [have|s] been kept so long: {answer}. {b} [do|s] up the last button and [look|s] at {me}, to see what {I} [be] going to be like, now that {I} [know].`,
    ],
  },
  {
    id: 'learn-alone',
    kind: 'learn',
    text: '{P} [work] out that {answer}',
    plays: [
      `{P} [lay] it out the way {I} [have] been taught: what [be|s] known, what [be|s] only said, what [be|s] wanted. There [be|s] one arrangement in which nothing [be|s] left over, and {I} [look] at it for a long time before {I} [let] it into words: {answer}.`,
      `It [come|s] while {I} [be] thinking of supper. {P} [stand] quite still, with one hand on {thing}, because {I} [know] that if {I} [move] it [will] go. It [do|s] not go. It [turn|s] round, and [have|s] a face: {answer}. And the worst of it [be|s] how little {I} [be] surprised.`,
      `“Say it the other way round,” {P} [tell] {myself}, as {I} was taught to with a sum that [will] not come out. {I} [say] it the other way round. There [be|s] a silence, of the sort in which one [hear|s] that a tap [have|s] stopped: {answer}. {I} [say] it once more, to see whether it [mind|s]. It [do|s] not mind at all.`,
    ],
  },
  {
    id: 'learn-read',
    kind: 'learn',
    text: '{P} [read], in a hand {I} [know], that {answer}',
    plays: [
      `The page [be|s] folded small and the folds [have|p] gone brown. {P} [open] it on {my} knee. {I} [know] the hand; {I} [have] seen it on a shopping list, that same morning, asking for thread. It [say|s], in eight or nine plain words, what everyone [have|s] been so eloquent in not saying: {answer}.`,
      `{P} [read] it standing, by {light}. It [have|s] no date and [need|s] none. The hand {I} [know]; the words {I} [have] to read a second time, because the eye [refuse|s] them as a horse [refuse|s] a bridge: {answer}. Then {I} [fold] it along its own creases and [put] it where it was.`,
      `It [be|s] on the back of something else, as the true things [be|p]: on the back of a bill for coal. {P} [know] the hand, the long loops, the ink that [be|s] always watered. There [be|s] no greeting. Somebody [have|s] needed to see it written, and then [have|s] needed it never to be found, and [have|s] not been able to burn it: {answer}.`,
    ],
  },
  {
    id: 'learn-overheard',
    kind: 'learn',
    text: '{P} [overhear] {b} say that {answer}',
    plays: [
      `{P} [be] not meant to hear it. {b} [have|s] {b.his} back to {me} and [be|s] speaking to somebody on the other side of {thing}, low and fast, like a person reading out a bill: {answer}. There [be|s] no reply. When {b} [turn|s] round {I} [be] studying {my} own boots, and neither of {them} [have|s] ever been so interested in boots.`,
      `Voices carry {at}; {I} [have] noticed that before, and [have] not said so. So {P} [have] only to stand by {thing} and be slow with a lace, and {b.his} voice [come|s] round the corner as clear as a spoon on a cup. {^b.he} [say|s] it to calm somebody: {answer}. It [do|s] not, to judge by the quiet, calm them.`,
      `“Keep your voice down,” {b} [say|s], behind {thing}, to someone; and the someone [say|s] something low; and {b}, not keeping {b.his} own voice down in the least, [answer|s], as one [answer|s] a child for the hundredth time: {answer}. {P} [find] that {I} [be] standing on one leg. {I} [put] the other down, by degrees.`,
    ],
  },
  {
    id: 'learn-slip',
    kind: 'learn',
    text: '{b} [let|s] slip, thinking {Po} knew it, that {answer}',
    plays: [
      `“Well, but of course,” {b} [say|s], pouring, “seeing that {answer}”; and {b.he} [go|s] on to the next thing, and [have|s] gone on to the one after that, before the spout [begin|s] to waver. {P} [hold] out {my} cup. “Of course,” {I} [say]. {b} [look|s] at {me} over the steam. {b.he} [have|s] thought that {I} knew. {b.he} would have sworn to it.`,
      `It [be|s] in the middle of a list, between the flour and the lamp oil. {b} [count|s] on {b.his} fingers: this, and this, and then, as one [mention|s] a thing too well known to need a verb, that {answer}. Then the oil. “Three gallons,” {b} [say|s]. {P} [write] down three gallons. The pen, {I} [notice], [have|s] gone through the paper.`,
    ],
  },
  {
    id: 'learn-children',
    kind: 'learn',
    text: '{P} [hear], in a skipping rhyme, that {answer}',
    plays: [
      `They [be|p] skipping in the yard, two to turn and one to jump, and the rhyme [be|s] the sort that no one [listen|s] to. {P} [listen]. It [have|s] a clock in it, and a cake, and a lady; and the third time round, between the cake and the lady, in plain words, with a stamp on each, it [say|s] what the whole place [have|s] kept from {me} for all these days: {answer}. “Out goes you,” the children [sing|p].`,
      `All children [know|p] it, evidently; they [skip|p] to it. {P} [have] to hear the verse twice before the words [come|p] apart from the tune, and then {I} [stand] there with {my} hat in {my} hand, as at a graveside: {answer}. The rope [go|s] on slapping the ground.`,
    ],
  },
];
