import type { StoryEvent } from './event-types';

export const LEAVE_EVENTS: readonly StoryEvent[] = [
  {
    id: 'leave-with',
    kind: 'leave',
    text: '{P} [leave] {place} with one question more than {I} came with',
    plays: [
      `{P} [leave] {place} by the way {I} [have] come, with one question more than {I} [have] brought. A little way off {I} [look] back. There [be|s] nothing to see, and {I} [see] it very clearly.`,
      `There [be|s] no more to be had, and {P} [have] stayed long enough past that to be noticed. {I} [leave] {place} to its evening. One question {I} brought and two {I} [be] taking away, and the second, {I} [be] fairly sure, [be|s] the one {I} should have come with.`,
    ],
  },
  {
    id: 'leave-warned',
    kind: 'leave',
    text: '{b} [warn|s] {Po} to leave {place}, and {P} [decide] to stay',
    plays: [
      `“There is a way out of this today,” {b} [say|s]. “There may not be one tomorrow. Nobody would think the less of you.” {P} [consider] it; {I} [owe] {b} that much. Then {I} [take] off {my} coat and [lay] it across {surface}, and {b} [watch|s] {me} do it and [say|s] nothing more about {place} or about leaving it.`,
      `“Go home,” {b} [say|s]. It [have|s] the sound of something {b.he} [have|s] been asked to say and, half way through, [have|s] begun to mean. “Leave {place} to those who have to live here.” {P} [look] at {b.him} until {b.he} [look|s] elsewhere. “I should like the room for another night,” {I} [say].`,
    ],
  },
  {
    id: 'leave-promise',
    kind: 'leave',
    text: '{b} [let|s] {Po} go, on a promise',
    plays: [
      `{b} [can|s] keep {me} there, and [know|s] it. Instead {b.he} [step|s] aside. “You will tell me before you tell them,” {b} [say|s]. It [be|s] not put as a question, and {P} [do] not answer it as one; {I} only [hold] out {my} hand, and {b} [take|s] it, and {I} [be] free to go, which [be|s] a good deal less free than {I} [have] been.`,
      `“On your word, then,” {b} [say|s], and there [be|s] the way out, and nobody in it. {P} [have] given {my} word so seldom that {I} [have] to think how it [be|s] done. {I} [give] it. {b} [count|s] it, almost visibly, and [put|s] it away.`,
    ],
  },
  {
    id: 'leave-follow',
    kind: 'leave',
    text: '{b} [leave|s], and {P} [go] after {b.him} as far as the light [reach|s]',
    plays: [
      `{b} [go|s] without saying that {b.he} [be|s] going. {P} [give] {b.him} to the count of twenty, and [follow] as far as the light [reach|s]. There {I} [stop]. From the dark [come|s] {sound}, and {b.his} step, and then another step that [be|s] not {b.his}.`,
      `When {I} next [look] up, {b} [be|s] leaving, with the unhurried walk of a person who [hope|s] to be let. {P} [go] after {b.him}. Where the light [give|s] out {I} [stand] and [listen] to {b.his} footsteps going on, and on, in a direction in which, everybody [have|s] assured {me}, there [be|s] nothing at all.`,
    ],
  },
];
