import type { StoryEvent } from './event-types';

export const ARRIVE_EVENTS: readonly StoryEvent[] = [
  {
    id: 'arrive-before',
    kind: 'arrive',
    text: '{P} [come] to {place} and [find] {b} there already',
    plays: [
      `{P} [come] to {place} <early|before the hour>, meaning to have it to {myself}, and [find] {b} there already, standing with {b.his} back to the <light|door> as if {b.he} [=had been/has been] put there to be found. “You are early,” {b} [say|s]. “So are you,” {I} [say].`,
      `By the time {I} [reach] {place}, {b} [=had/has] been waiting long enough to have stopped pretending otherwise. {b.He} [nod|s] at the empty <bench|chair> beside {b.him}. {P} [stay] standing, <which {b.he} [seem|s] to expect|and {b.he} [let|s] that pass>.`,
    ],
  },
  {
    id: 'arrive-alone',
    kind: 'arrive',
    text: '{P} [go] alone to {place}',
    plays: [
      `{P} [go] alone. {^place} [be|s] <smaller|larger> than {I} [=had/has|s] been told, and <quieter|colder>, and for the first minute {I} [do] nothing but stand {at} and let {my} eyes do the work {I} [=had/has] come to do.`,
      `Nobody [see|s] {P} go in, or nobody who [matter|s]. {I} [take] {place} slowly, from the left, the way one [read|s] a page in a bad light: what [be|s] there, what [=had/has] been there, what somebody [=had/has] tidied.`,
    ],
  },
  {
    id: 'arrive-summoned',
    kind: 'arrive',
    text: '{b} [send|s] for {P} to come to {place}',
    plays: [
      `The message [be|s] four words long and {b} [=had/has] not signed it. {P} [go] anyway. {^b} [be|s] {at}, coat still buttoned, and [begin|s] in the middle, like a person who [=had/has] been arguing with {b.himself} for an hour. “I would not have sent,” {b.he} [say|s], “if there were anyone else.”`,
      `{b} [send|s] a boy, and the boy [=had/has] been told not to answer questions, so {P} [ask] none. {b.He} [be|s] waiting {at} with {b.his} hands in {b.his} sleeves. “Good,” {b} [say|s]. “I was not sure you would come when called.” “Nor was I,” {I} [say].`,
    ],
  },
  {
    id: 'arrive-return',
    kind: 'arrive',
    text: '{P} [come] back to {place}, where nothing [be|s] where it was',
    plays: [
      `{P} [come] back to {place} and [know] before the door [=had/has] swung shut that somebody [=had/has] been through it. Nothing [be|s] gone. Everything [be|s] a hand's breadth to the left of where it was, as if the whole of it [=had/has] been picked up to be dusted under, and put down by a guess.`,
      `It [take] {me} a moment. Then {P} [see] it: nothing {at} [be|s] where it was. Somebody [=had/has] searched, and [=had/has] been polite about it, and the politeness [be|s] worse than <splinters|broken glass> would have been.`,
    ],
  },
  {
    id: 'arrive-together',
    kind: 'arrive',
    text: '{P} and {b} [come|p] to {place} together, not speaking',
    plays: [
      `{^they} [come|p] to {place} together and not together, {b} half a step ahead. {P} [count] the things {b.he} [do|s] not say. {I} [have] reached nine when {b} [stop|s]. “Here,” {b.he} [say|s], and [step|s] aside so that {P} [have] to be the first to look.`,
      `All the way to {place} neither {P} nor {b} [say|s] a word worth keeping. {b.He} [walk|s] like someone carrying a full basin. At the end of it {b.he} [put|s] out an arm, not touching {me}, and {I} [stop] where the arm [say|s].`,
    ],
  },
];
