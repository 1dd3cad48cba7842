import type { StoryEvent } from './event-types';

export const SETTLE_EVENTS: readonly StoryEvent[] = [
  {
    id: 'bargain',
    kind: 'settle',
    text: '{b} and {P} [strike|p] a bargain over {core}',
    plays: [
      `“Then let us be businesslike,” {b} [say|s]. {they} [settle|p] it standing: {P} [may] ask what {I} [like] about {core} until the week [be|s] out, and {b} [may|s] choose what {b.he} [answer|s]. It [be|s] a poor bargain and {they} both [know|p] for whom. {they} [shake|p] hands on it. {b.his} hand [be|s] cold.`,
      `It [take|s] the whole of an hour, and {surface} between {them} for a table. {b} [give|s] up a date; {P} [give] up a name. {core} itself neither of {them} [touch|s], like two people dividing a house who [have|p] agreed not to mention the child. At the end there [be|s] a bargain, and {b} [look|s] the more tired of the two.`,
    ],
  },
  {
    id: 'offer-declined',
    kind: 'settle',
    text: '{b} [offer|s] {Po} a way out, and {P} [decline] it',
    plays: [
      `{b} [make|s] the offer without once calling it one. There [be|s] a position; there [be|s] a house with a garden; there [be|s] the gratitude of certain people, which [be|s] not nothing. {P} [ask] what {I} would have to do. “Do?” {b} [say|s]. “Why, nothing. That is the beauty of it.” {P} [say] that {I} [have] never had any talent for that, and {b} [be|s] sorry, and {I} [believe] {b.him}.`,
      `“You could be gone by this time tomorrow,” {b} [say|s], “with thanks, and no harm done.” It [be|s] kindly meant, or nearly. {P} [turn] it over as one [turn|s] over a coin in a foreign country. “Whose harm?” {I} [ask]. And since {b} [have|s] no answer ready to that, {I} [thank] {b.him}, and [decline].`,
    ],
  },
  {
    id: 'trust',
    kind: 'settle',
    text: '{P} [decide] to trust {b} with half of it',
    plays: [
      `Half, {P} [decide]; one [may|s] trust a person with half of anything. {I} [tell] {b} the part about {core} that others [know|p] already, and [watch] it arrive. {b.he} [do|s] not ask for the rest. {b.he} only [move|s] {seat} a little, so that there [be|s] room, and [say|s], “Go on when you like.” It [be|s] almost enough to make {me} do it.`,
      `{P} [have] to tell someone, if only to hear which parts of it [sound|p] mad. {b} [listen|s] with {b.his} head down. At {core} {b.he} [look|s] up, once. “And the other half?” {b} [say|s], when {I} [stop]. “Is mine, for now,” {P} [say]. {b} [nod|s]. {b.he} [seem|s], if anything, relieved.`,
    ],
  },
  {
    id: 'plan',
    kind: 'settle',
    text: '{b} and {P} [agree|p] what [be|s] to be done about {core}, and by whom',
    plays: [
      `{they} [agree|p] it in very few words, as people [do|p] who would each like to be able to say that it was the other's idea. {b} [be|s] to see to {item} and to be seen seeing to it. {P} [be] to be left alone with {core}, for as long as it [take|s] to say a psalm. Nothing [be|s] written down. {b} [hold|s] up two fingers, [fold|s] one away, and [go|s].`,
      `“If it goes wrong,” {b} [say|s], “I was never here.” “If it goes wrong,” {P} [say], “nor was I, and {core} will have moved itself.” It [be|s] not much of a plan. It [have|s] a beginning, and a place to stand, and somebody to be blamed; {they} [have|p] both known enterprises to succeed on less.`,
    ],
  },
  {
    id: 'wager',
    kind: 'settle',
    text: '{b} and {P} [lay|p] a wager about {core}',
    plays: [
      `“What will you bet?” {b} [say|s]. It [be|s] not clear to {Po} that one [can|s] bet on a thing that [have|s] already happened, but {they} [find|p] a form of words: if {core} [be|s] what {I} [think] it [be|s], {b} [be|s] to carry {my} bag to the boat; if it [be|s] not, {P} [be] to go without being carried. {they} [shake|p] on it. {b} [hold|s] on to {my} hand for a moment longer than the wager [need|s].`,
      `It [begin|s] as a joke. A shilling, {b} [say|s], that {core} [will] still be here when {they} [be|p] both dead. {P} [take] it. Then {b} [say|s], not joking, a pound that it [will] not; and {I} [take] that as well; and the two stakes [lie|p] there side by side on {surface} and [contradict|p] each other.`,
    ],
  },
  {
    id: 'mercy',
    kind: 'settle',
    text: '{P} [let] {b} keep back one thing about {core}',
    plays: [
      `“Not that,” {b} [say|s]. “Anything else. Ask me anything else about {core}, and I'll tell you till you're deaf. Only leave me that.” {P} [look] at {b.him}, and then, {I} could not have said why, [draw] a line under the page and [turn] over. “Very well,” {I} [say]. “Anything else.”`,
      `There [be|s] one question left, and {b} [have|s] seen it coming for some time; {b.he} [stand|s] like a person on a railway line. {P} [ask] about the weather instead. After that {b} [tell|s] {me} more about {core} in ten minutes than in all the days before, and never [know|s], and {P} never [say], that {I} [have] known the other thing since morning.`,
    ],
  },
  {
    id: 'oath',
    kind: 'settle',
    text: '{b} [make|s] {Po} swear by {core} to finish it',
    plays: [
      `“Swear,” {b} [say|s]. “On what?” “On {core}. You've nothing else here.” {P} [do] not believe in swearing, and [say] so, and [put] {my} hand out all the same, in the air, in the general direction, and [say] the words. Nothing [happen|s]. {b} [nod|s], as if it [have|s].`,
      `“If you stop half way it'll be worse than if you'd never come,” {b} [say|s], “so you'll swear to me now, by {core}, that you won't.” {P} [swear] it. It [be|s] a curious feeling, like signing for a parcel that one [have|s] been hearing tick.`,
    ],
  },
];
