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
    text: '{b} and {P} [agree|p] what is to be done about {core}, and by whom',
    plays: [
      `{they} [agree|p] it in very few words, as people [do|p] who would each like to be able to say that it was the other's idea. {b} [be|s] to see to {item} and to be seen seeing to it. {P} [be] to have {core}, for as long as it [take|s] to say a psalm. Nothing [be|s] written down. {b} [hold|s] up two fingers, [fold|s] one away, and [go|s].`,
      `“If it goes wrong,” {b} [say|s], “I was never here.” “If it goes wrong,” {P} [say], “nor was I, and {core} will have moved itself.” It [be|s] not much of a plan. It [have|s] a beginning, and a place to stand, and somebody to be blamed; {they} [have|p] both known enterprises to succeed on less.`,
    ],
  },
];
