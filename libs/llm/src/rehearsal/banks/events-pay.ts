import type { StoryEvent } from './event-types';

/** A thing planted earlier comes due. */
export const PAY_EVENTS: readonly StoryEvent[] = [
  {
    id: 'pay-fits',
    kind: 'pay',
    text: '{P} [try] {clue} once more, and {clue} {pay}',
    plays: [
      `{P} [have] carried {clue} about like a stone in a shoe, and [have] almost stopped expecting anything of it. {I} [try] once more, for tidiness. And {clue} {pay}. For a moment nobody [breathe|s]. Then {I} [begin], quite calmly, to put the other things in their order around it.`,
      `What {I} [do] next {I} [do] without hope, which [may] be why it [succeed|s]: {P} [take] out {clue} and [try] again, more slowly. This time {clue} {pay}. {I} [hear] {myself} laugh, one short breath of it, and [stop].`,
      `It [come|s] of idleness. {P} [have] {clue} in {my} hand, and {my} mind on {sound}, and [be] not so much trying as fidgeting when it [happen|s]: {clue} {pay}. {I} [stay] exactly as {I} [be], like a person on whom a bird [have|s] settled.`,
    ],
  },
  {
    id: 'pay-shown',
    kind: 'pay',
    text: '{P} [hold] out {clue} to {b}, and it [come|s] out that {clue} {pay}',
    plays: [
      `{P} [show] {b} {clue} on the flat of {my} hand. {b.he} [look|s] at it far too briefly. “You know what it does,” {I} [say]. It [take|s] {b.him} three breaths. Then it [come|s] out, piece by piece and in the wrong order, until only one order [be|s] left: {clue} {pay}.`,
      `{P} [put] {clue} down between {them} and [take] {my} hand away. “Where did you get that?” {b} [say|s]; and then, hearing how it [have|s] sounded, {b.he} [sit|s] down on {seat}. After that there [be|s] no more use in pretending. {b} [tell|s] it to {thing}, mostly: {clue} {pay}.`,
      `“Would you know this again?” {P} [ask], and [hold] out {clue}. “Again?” {b} [say|s], and [hear|s] {b.himself}, and [sit|s] down on {seat}. It [be|s] a small word to have tripped on. {b} [tell|s] {me} the rest of it looking at {b.his} own two feet, as if they [have|p] done it: {clue} {pay}.`,
    ],
  },
  {
    id: 'pay-known',
    kind: 'pay',
    text: '{b} [see|s] {clue} in the hands of {Po} and [say|s] that {clue} {pay}',
    plays: [
      `{b} [stop|s] in the middle of a word. {b.he} [be|s] looking at {clue}, which {P} [have] quite forgotten {I} [be] holding. “So it was you who had it,” {b.he} [say|s], and [tell|s] {me} what it [have|s] cost {b.him} not to ask: {clue} {pay}.`,
      `“Put that away,” {b} [say|s], low, “or tell me that you know what it is.” {P} [look] down at {clue}. {I} [have] had it for days and it [have|s] been one more thing that [do|s] not fit. Now, in a whisper, with {b.his} eyes on {thing}, {b} [say|s] the one sentence that [make|s] room for it: {clue} {pay}.`,
      `{P} [be] only using {clue} to keep a page open. {b}, across the table, [stop|s] with the cup half way. “Do you know what you've got there?” {b.he} [say|s]. “A paperweight,” {I} [say]. And {b} [set|s] the cup down in the exact middle of its saucer and [say|s], in a voice with no bottom to it, that {clue} {pay}.`,
    ],
  },
  {
    id: 'pay-dream',
    kind: 'pay',
    text: '{P} [lay] {clue} beside the other things, and [see] that {clue} {pay}',
    plays: [
      `{P} [clear] {surface} and [lay] them out as one [lay|s] out cards, {clue} last, at the end of the row, where the light [be|s] worst. And because it [be|s] there, at the end, and because {I} [be] tired and [read] the row from the wrong side, {I} [see] it. It [need|s] no more than that: {clue} {pay}.`,
      `They [be|p] a poor collection, set out like that; {P} [have] seen better at a church sale. {I} [put] {clue} down among them and [take] {my} hand away. Then {I} [put] {my} hand back. It [be|s] as when the one wrong face in a photograph [turn|s] out to be one's own: {clue} {pay}.`,
    ],
  },
  {
    id: 'pay-stranger',
    kind: 'pay',
    text: 'Somebody who [know|s] nothing of it [tell|s] {Po} that {clue} {pay}',
    plays: [
      `The man [have|s] come about something else altogether, a chimney, and [be|s] only waiting to be paid. “Ah, you've one of those,” he [say|s], seeing {clue}; and he [tell|s] {Po}, buttoning his bag, as one [tell|s] a child what [be|s] inside a walnut, that {clue} {pay}. Then he [name|s] the price of the chimney.`,
      `“My gran had one,” the girl at the pump [say|s], of {clue}. {P} [have] asked six learned persons. {I} [say] that {I} [be] interested to hear it. “You'll know about it, then,” the girl [say|s], working the handle; and over the noise of the water, since {I} plainly [do] not, she [tell|s] {me}: {clue} {pay}.`,
    ],
  },
];
