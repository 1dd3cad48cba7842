import type { StoryEvent } from './event-types';

export const LEAVE_EVENTS: readonly StoryEvent[] = [
  {
    id: 'leave-with',
    kind: 'leave',
    text: '{P} [leave] {place} with one question more than {I} came with',
    plays: [
      `{P} [leave] {place} by the way {I} [have] come, with one question more than {I} [have] brought. A little way off {I} [look] back. There [be|s] nothing to see, and {I} [see] it very clearly.`,
      `There [be|s] no more to be had, and {P} [have] stayed long enough past that to be noticed. {I} [leave] {place} to its evening. One question {I} brought and two {I} [be] taking away, and the second, {I} [be] fairly sure, [be|s] the one {I} should have come with.`,
      `It [be|s] time to go, and {P} [go]. {^place} [let|s] {me} out as a pond [let|s] out a stick, and [close|s], and [be|s] smooth. Somewhere between there and the bend of the road one of {my} answers [have|s] come undone, and {I} [have] a question more than {I} [have] brought.`,
    ],
  },
  {
    id: 'leave-warned',
    kind: 'leave',
    text: '{b} [warn|s] {Po} to leave {place}, and {P} [decide] to stay',
    plays: [
      `“There is a way out of this today,” {b} [say|s]. “There may not be one tomorrow. Nobody would think the less of you.” {P} [consider] it; {I} [owe] {b} that much. Then {I} [take] off {my} coat and [lay] it across {surface}, and {b} [watch|s] {me} do it and [say|s] nothing more about {place} or about leaving it.`,
      `“Go home,” {b} [say|s]. It [have|s] the sound of something {b.he} [have|s] been asked to say and, half way through, [have|s] begun to mean. “Leave {place} to those who have to live here.” {P} [look] at {b.him} until {b.he} [look|s] elsewhere. “I should like the room for another night,” {I} [say].`,
      `“They'll not say it to your face,” {b} [say|s], “so I'm to say it to your back: leave {place}.” {P} [turn] round, so that it [be|s] {my} face after all. “And what do you say?” {I} [ask]. {b} [study|s] the lining of {b.his} hat. “I say there's a bed aired,” {b.he} [say|s], “if you're a fool.” {P} [say] that {I} [be].`,
    ],
  },
  {
    id: 'leave-promise',
    kind: 'leave',
    text: '{b} [let|s] {Po} go, on a promise',
    plays: [
      `{b} [can|s] keep {me} there, and [know|s] it. Instead {b.he} [step|s] aside. “You will tell me before you tell them,” {b} [say|s]. It [be|s] not put as a question, and {P} [do] not answer it as one; {I} only [hold] out {my} hand, and {b} [take|s] it, and {I} [be] free to go, which [be|s] a good deal less free than {I} [have] been.`,
      `“On your word, then,” {b} [say|s], and there [be|s] the way out, and nobody in it. {P} [have] given {my} word so seldom that {I} [have] to think how it [be|s] done. {I} [give] it. {b} [count|s] it, almost visibly, and [put|s] it away.`,
      `“You could just not come back,” {b} [say|s], holding the gate; “I'd think none the worse of you. I'd think of you, though.” So {P} [promise]. It [seem|s] to be what the gate [be|s] waiting for. {b} [let|s] it swing, and {I} [go] through, feeling on {my} back the whole of the way a look that [have|s] nothing hard in it at all.`,
    ],
  },
  {
    id: 'leave-follow',
    kind: 'leave',
    text: '{b} [leave|s], and {P} [go] after {b.him} as far as the light [reach|s]',
    plays: [
      `{b} [go|s] without saying that {b.he} [be|s] going. {P} [give] {b.him} to the count of twenty, and [follow] as far as the light [reach|s]. There {I} [stop]. From the dark [come|s] {sound}, and {b.his} step, and then another step that [be|s] not {b.hisOwn}.`,
      `When {I} next [look] up, {b} [be|s] leaving, with the unhurried walk of a person who [hope|s] to be let. {P} [go] after {b.him}. Where the light [give|s] out {I} [stand] and [listen] to {b.his} footsteps going on, and on, in a direction in which, everybody [have|s] assured {me}, there [be|s] nothing at all.`,
      `{b} [have|s] a way of leaving that [begin|s] long before {b.he} [go|s]. {P} [have] learnt to watch for it: the pockets, the sigh, the second look at {thing}. When at last it [come|s], {I} [be] ready, and [go] after {b.him}, one street behind, as far as the light [reach|s]; and there {b.he} [be|s] waiting for {me}. “It's dark from here,” {b.he} [say|s]. “I'd want to be asked.”`,
    ],
  },
  {
    id: 'leave-thrown',
    kind: 'leave',
    text: '{P} [be] asked to leave {place}, and [leave] something behind on purpose',
    plays: [
      `“I think you had better go,” {P} [be] told; and, as it [be|s] said with a hand on the latch, {I} [go]. {^place} [close|s] behind {me}. It [be|s] not until {I} [be] well down the road that {I} [allow] {myself} to feel in {my} pocket for the glove {I} [have] left there, under the chair, so as to have to come back for it.`,
      `{I} [be] given {my} hat. {I} [be] given {my} coat. {P} [thank] them for both, and for {my} time at {place}, and [count] the steps to the gate; and all the way {I} [be] pleased to think of {my} second-best notebook, lying where somebody [be|s] bound to read it, with nothing in it but what {I} [want] them to know.`,
    ],
  },
  {
    id: 'leave-dark',
    kind: 'leave',
    text: '{P} [walk] home from {place} in the dark, and not alone',
    plays: [
      `{P} [walk] home from {place} by the long way. Whoever it [be|s] [keep|s] well back, and [stop|s] when {I} [stop]. At the last lamp {I} [turn] round and [wish] the dark good night. There [be|s] a pause. “Good night,” the dark [say|s], politely.`,
      `Half way home from {place} {P} [notice] that {I} [have] four feet. {I} [try] the experiment of walking faster, and of walking slower. They [be|p] very good at it. By {my} own door {I} [have] grown almost used to the company, and [leave] the light on the stairs burning, as one [do|s] for a guest.`,
    ],
  },
];
