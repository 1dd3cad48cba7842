import type { StoryEvent } from './event-types';

export const ARRIVE_EVENTS: readonly StoryEvent[] = [
  {
    id: 'arrive-before',
    kind: 'arrive',
    text: '{P} [come] to {place} and [find] {b} there already',
    plays: [
      `{P} [come] to {place} ahead of the hour, meaning to have it to {myself}, and [find] {b} there already, standing beside {thing} as if {b.he} [have|s] been put there to be found. “You are early,” {b} [say|s]. “So are you,” {I} [say], and for a moment it [be|s] the only thing {they} [have|p] in common.`,
      `By the time {I} [reach] {place}, {b} [have|s] been waiting long enough to have stopped pretending otherwise. {b.he} [point|s] {me} to {seat}. {P} [stay] standing. {b} [nod|s], as at the first move of a game {b.he} [have|s] played before and not always lost.`,
      `The surprise [be|s] not that somebody [be|s] {at} before {me}. The surprise [be|s] that it [be|s] {b}, with both hands in plain sight and an expression got ready beforehand. “I hoped you would take the long way round,” {b.he} [say|s]. {P} [tell] {b.him} that this [be|s] the long way round.`,
    ],
  },
  {
    id: 'arrive-alone',
    kind: 'arrive',
    text: '{P} [go] alone to {place}',
    plays: [
      `{P} [go] alone. {^place} [be|s] <smaller|larger> than {I} [have] been told, and <quieter|colder>, and for the first minute {I} [do] nothing but stand still and let {my} eyes do the work {I} [have] come to do.`,
      `Nobody [see|s] {P} go in, or nobody who [matter|s]. {I} [take] {place} slowly, from the left, the way one [read|s] a page in a bad light: what [be|s] there, what [have|s] been there, what somebody [have|s] tidied.`,
      `{P} [have] told nobody where {I} [be] going, and so nobody [can] have told {place} to behave. {I} [find] it with its guard down: {item} left as the last person left it, {light} on everything alike, and no one's version of events laid out ready.`,
    ],
  },
  {
    id: 'arrive-summoned',
    kind: 'arrive',
    text: '{b} [send|s] for {Po} to come to {place}',
    plays: [
      `The message [be|s] four words long and {b} [have|s] not signed it. {P} [go] anyway. {b} [be|s] {at}, coat still buttoned, and [begin|s] in the middle, like a person who [have|s] been arguing with {b.himself} for an hour. “I would not have sent,” {b.he} [say|s], “if there were anyone else.”`,
      `{b} [send|s] a child with the message, and the child [have|s] been told not to answer questions, so {P} [ask] none. {b} [be|s] waiting {at} with {b.his} back against {thing}. “Good,” {b.he} [say|s]. “I was not sure you would come when called.” “Nor was I,” {I} [say].`,
    ],
  },
  {
    id: 'arrive-return',
    kind: 'arrive',
    later: true,
    text: '{P} [come] back to {place}, where nothing [be|s] quite where it was',
    plays: [
      `{P} [come] back to {place} and [know] before {I} [have] taken three steps that somebody [have|s] been through it. Nothing [be|s] gone. Everything [be|s] a hand's breadth to the left of where {I} [have] left it, as if the whole of it [have|s] been picked up to be dusted under, and put down by guess.`,
      `It [take] {me} a moment. Then {P} [see] it: {at}, nothing [be|s] quite where it was. Somebody [have|s] searched, and [have|s] been polite about it, and the politeness [be|s] worse than broken glass would have been.`,
      `The second time, {place} [have|s] less to say for itself. {^item} [have|s] been moved, and moved back, and not well. {P} [stand] where {I} stood before and [look] along the same line, and [write] down in {my} head each thing that [do|s] not agree.`,
    ],
  },
  {
    id: 'arrive-together',
    kind: 'arrive',
    text: '{b} and {P} [come|p] to {place} together, not speaking',
    plays: [
      `{they} [come|p] to {place} together and not together, {b} half a step ahead. {P} [count] the things {b.he} [do|s] not say. {I} [have] reached nine when {b} [stop|s]. “Here,” {b.he} [say|s], and [step|s] aside so that {P} [have] to be the first to look.`,
      `All the way to {place} neither of {them} [say|s] a word worth keeping. {b} [walk|s] like someone carrying a full basin. At the end of it {b.he} [put|s] out an arm, not touching {me}, and {P} [stop] where the arm [say|s].`,
    ],
  },
  {
    id: 'arrive-late',
    kind: 'arrive',
    later: true,
    text: '{P} [reach] {place} too late to stop {b}',
    plays: [
      `{P} [hear] it before {I} [reach] {place}: the flat sound of something being closed for good. {b} [be|s] wiping {b.his} hands. “You might have called out,” {I} [say]. “I might,” {b} [agree|s]. “You might have come sooner. Here we both are with our mights.”`,
      `Whatever there [have|s] been to prevent, it [be|s] done when {P} [get] there. {b} [sit|s] on {seat} with the emptied look of people after a funeral or a bargain. {b.he} [do|s] not get up. {I} [do] not ask {b.him} to.`,
    ],
  },
  {
    id: 'arrive-stranger',
    kind: 'arrive',
    text: '{b} [show|s] {Po} over {place} and [leave|s] one corner out',
    plays: [
      `{b} [show|s] {me} {place} as one [show|s] a house one [hope|s] to sell: the good side first, with pauses for admiration. There [be|s] {thing}; there [be|s] {sound}, about which {b.he} [apologise|s] as if for a relative. Only one corner {b.he} [walk|s] past, and {b.he} [walk|s] past it talking. {P} [make] a note of the corner.`,
      `“And that is all of it,” {b} [say|s], having shown {me} most of it. {P} [thank] {b.him}. The part that [have|s] been left out [be|s] behind {thing}, and it [have|s] been left out so smoothly that {I} would not have seen the join if {b} had not, just there, begun to hum.`,
    ],
  },
];
