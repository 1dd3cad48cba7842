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
      `Nobody [see|s] {Po} go in, or nobody who [matter|s]. {I} [take] {place} slowly, from the left, the way one [read|s] a page in a bad light: what [be|s] there, what [have|s] been there, what somebody [have|s] tidied.`,
      `{P} [have] told nobody where {I} [be] going, and so nobody could have told {place} to behave. {I} [find] it with its guard down: {item} left as the last person left it, {light} on everything alike, and no one's version of events laid out ready.`,
    ],
  },
  {
    id: 'arrive-summoned',
    kind: 'arrive',
    text: '{b} [send|s] for {Po} to come to {place}',
    plays: [
      `The message [be|s] four words long and {b} [have|s] not signed it. {P} [go] anyway. {b} [be|s] {at}, coat still buttoned, and [begin|s] in the middle, like a person who [have|s] been arguing with {b.himself} for an hour. “I would not have sent,” {b.he} [say|s], “if there were anyone else.”`,
      `{b} [send|s] a child with the message, and the child [have|s] been told not to answer questions, so {P} [ask] none. {b} [be|s] waiting {at} with {b.his} back against {thing}. “Good,” {b.he} [say|s]. “I was not sure you would come when called.” “Nor was I,” {I} [say].`,
      `“You're wanted,” somebody [say|s], and [will] not say by whom; but there [be|s] only one person here who [want|s] people. {P} [find] {b} {at}, upright on {seat}, with the look of having sent for a doctor and been brought a clerk. “I'll be brief,” {b} [say|s], and [be|s] not.`,
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
      `{b} [know|s] a short way to {place} and {P} [know] a long one, and {they} [take|p] the long one, because it [have|s] fewer windows on it. Nothing [be|s] said. When {they} [come|p] in sight of it {b} [put|s] on {b.his} hat, as people [do|p] for a house where somebody [have|s] died.`,
    ],
  },
  {
    id: 'arrive-late',
    kind: 'arrive',
    later: true,
    text: '{P} [reach] {place} too late to stop {b}',
    plays: [
      `{P} [hear] it before {I} [reach] {place}: the flat sound of something being closed for good. {b} [be|s] wiping {b.his} hands. “You might have called out,” {I} [say]. “I might,” {b} [agree|s]. “You might have come sooner. Here we both are with our mights.”`,
      `Whatever there [have|s] been to prevent, it [be|s] done when {P} [get] there. {b} [sit|s] on {seat} with the emptied look of people after a funeral or a bargain. {b} [do|s] not get up, and {P} [do] not ask for it.`,
      `{P} [have] run, which {I} [do] not do, and the only use of it [be|s] that {I} [be] there, {at}, out of breath, to see {b} come away from {thing} dusting one palm against the other. “All tidy,” {b} [say|s]. {b.he} [have|s] the grace not to smile.`,
    ],
  },
  {
    id: 'arrive-stranger',
    kind: 'arrive',
    text: '{b} [show|s] {Po} over {place} and [leave|s] one corner out',
    plays: [
      `{b} [show|s] {me} {place} as one [show|s] a house one [hope|s] to sell: the good side first, with pauses for admiration. There [be|s] {thing}; there [be|s] {sound}, about which {b.he} [apologise|s] as if for a relative. Only one corner {b.he} [walk|s] past, and {b.he} [walk|s] past it talking. {P} [make] a note of the corner.`,
      `“And that is all of it,” {b} [say|s], having shown {me} most of it. {P} [thank] {b.him}. The part that [have|s] been left out [be|s] behind {thing}, and it [have|s] been left out so smoothly that {I} would not have seen the join if {b} had not, just there, begun to hum.`,
      `“That's the old part, and that's the new part,” {b} [say|s], walking {Po} through {place} at the pace of a person with a train to catch, “and that's where they keep the chairs.” There [be|s] one corner {b.he} [have|s] {b.his} back to all the way round, like somebody dancing with a thing behind them. Before long {P} [have] the plan of it in {my} head, and a hole in the plan.`,
    ],
  },
  {
    id: 'arrive-shelter',
    kind: 'arrive',
    text: '{P} [take] shelter at {place}, and {b} [make|s] room',
    plays: [
      `It [be|s] only to get out of the weather that {P} [stop]. {^place} [be|s] not where {I} [have] been going. But {b} [be|s] there, where it [be|s] dry, and [move|s] up without a word, as people [do|p] who [have|p] themselves come for no better reason; and {they} [sit|p] side by side looking out, as if whatever was coming would come from there.`,
      `{P} [run] the last part, {my} collar up, and [come] backwards, shaking {my} sleeves, to the one dry spot {at}. “It's been like that all week,” {b} [say|s], and [clear|s] a space beside {b.him} by lifting {item} out of it. It [be|s] the first thing anybody here [have|s] moved for {me}.`,
      `Nobody [ask|s] what {P} [want] {at}; with rain like that, nobody [need|s] to. {b} [move|s] along, and there [be|s] room for two under what there [be|s] of a roof. For as long as it [drum|s] there [be|s] no need to be anything to each other.`,
    ],
  },
  {
    id: 'arrive-lost',
    kind: 'arrive',
    text: '{P} [lose] the way, and [come] out at {place}',
    plays: [
      `{P} [have] taken the second turning, as {I} [=had been/was] told to, and the third, as {I} [=had/was] not, and when {I} [come] out it [be|s] at {place}, from behind, where nobody [have|s] thought to make it presentable. {I} [stand] a while and [take] advantage.`,
      `It [be|s] a matter of pride with {Po} never to ask the way twice. So it [be|s] by being lost, and in no other manner, that {I} [come] to {place} by the one approach from which {thing} [hide|s] nothing.`,
    ],
  },
  {
    id: 'arrive-night',
    kind: 'arrive',
    text: '{P} [go] back to {place} when no one should be there',
    plays: [
      `{P} [wait] until the last of them [have|s] gone and then [go] back. {^place} by itself [be|s] another thing. It [tick|s]; it [settle|s]; it [seem|s] to be going over the day. {I} [leave] {my} boots by the way in and [go] on in {my} stockings.`,
      `There [be|s] nobody {at} now, or should be nobody. {P} [stand] with {my} back to the way out until {my} eyes [have|p] made up the dark into {thing}, and {item}, and a third thing that {I} [do] not remember.`,
    ],
  },
];
