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
      `It [come|s] while {I} [be] thinking of supper. {P} [stand] quite still, with one hand on {thing}, because {I} [know] that if {I} [move] it will go. It [do|s] not go. It [turn|s] round, and [have|s] a face: {answer}. And the worst of it [be|s] how little {I} [be] surprised.`,
    ],
  },
  {
    id: 'learn-read',
    kind: 'learn',
    text: '{P} [read], in a hand {I} [know], that {answer}',
    plays: [
      `The page [be|s] folded small and the folds [have|p] gone brown. {P} [open] it on {my} knee. {I} [know] the hand; {I} [have] seen it on a shopping list, that same morning, asking for thread. It [say|s], in eight or nine plain words, what everyone [have|s] been so eloquent in not saying: {answer}.`,
      `{P} [read] it standing, by {light}. It [have|s] no date and [need|s] none. The hand {I} [know]; the words {I} [have] to read a second time, because the eye [refuse|s] them as a horse [refuse|s] a bridge: {answer}. Then {I} [fold] it along its own creases and [put] it where it was.`,
    ],
  },
  {
    id: 'learn-overheard',
    kind: 'learn',
    text: '{P} [overhear] {b} say that {answer}',
    plays: [
      `{P} [be] not meant to hear it. {b} [have|s] {b.his} back to {me} and [be|s] speaking to somebody on the other side of {thing}, low and fast, like a person reading out a bill: {answer}. There [be|s] no reply. When {b} [turn|s] round {I} [be] studying {my} own boots, and neither of {them} [have|s] ever been so interested in boots.`,
      `Voices carry {at}; {I} [have] noticed that before, and [have] not said so. So {P} [have] only to stand by {thing} and be slow with a lace, and {b.his} voice [come|s] round the corner as clear as a spoon on a cup. {^b.he} [say|s] it to calm somebody: {answer}. It [do|s] not, to judge by the quiet, calm them.`,
    ],
  },
];
