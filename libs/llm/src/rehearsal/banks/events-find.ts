import type { StoryEvent } from './event-types';

/** A thing is planted, or comes due. */
export const FIND_EVENTS: readonly StoryEvent[] = [
  {
    id: 'find-hidden',
    kind: 'find',
    text: '{P} [find] {clue.full}',
    plays: [
      `It [be|s] the dust that [give|s] it away, or the want of dust: a clean place the size of a hand. {P} [reach] in behind and [draw] out {clue.full}. {I} [turn] it over twice. It [have|s] the <particular|small, settled> weight of a thing that somebody [=had/has] decided not to throw away.`,
      `{P} [be] looking for something else. That [be|s] the only reason {I} [find] it: {clue.full}, pushed to the back where a tall person would not look and a short one could not reach. {I} [do] not call out. {I} [hold] it where the light [be|s] best and [let] it be what it [be|s].`,
    ],
  },
  {
    id: 'find-given',
    kind: 'find',
    text: '{b} [hand|s] {P} {clue.full} and [ask|s] for nothing',
    plays: [
      `“Take it,” {b} [say|s], and [put|s] into {my} palm {clue.full}. {b.He} [do|s] not say what it [be|s] for. {P} [wait] for the price and no price [come|s], and that, more than anything {b} [=had/has] said so far, [make|s] {me} careful.`,
      `{b} [have|s] it in a pocket the whole time: {clue.full}. {b.He} [lay|s] it on the <sill|boards> between them and [take|s] away {b.his} hand slowly, like someone setting down a full glass. “I am tired of knowing where it is,” {b.he} [say|s].`,
    ],
  },
  {
    id: 'find-left',
    kind: 'find',
    text: '{P} [notice] {clue.full} and [leave] it where it [be|s]',
    plays: [
      `On the way past, {P} [notice] {clue.full}. It [=had/has] no business there. {I} [leave] it where it [be|s]; a thing that [=had/has] been put somewhere [=would/will] be looked for, and {I} [=would rather/would rather] know by whom.`,
    ],
  },
  {
    id: 'pay-fits',
    kind: 'learn',
    text: '{P} [try] {clue} once more, and {clue} {pay}',
    plays: [
      `{P} [=had/have] carried {clue} about like a <debt|stone in a shoe>, and [=had/have] almost stopped expecting anything of it. {I} [try] once more, for tidiness. And {clue} {pay}. For a moment nobody [breathe|s]. Then {I} [begin], quite calmly, to put the other things in their order around it.`,
      `What {I} [do] next {I} [do] without hope, which may be why it [succeed|s]: {P} [take] out {clue} and [try] again, more slowly. {^clue} {pay}. {I} [hear] {myself} laugh, one short breath of it, and [stop].`,
    ],
  },
  {
    id: 'pay-shown',
    kind: 'learn',
    text: '{P} [show] {b} {clue}, and it comes out that {clue} {pay}',
    plays: [
      `{P} [show] {b} {clue} on the flat of {my} hand. {b.He} [look|s] at it far too briefly. “You know what it does,” {I} [say]. It [take|s] {b.him} three breaths. Then it [come|s] out, piece by piece and in the wrong order, until only one order [be|s] left: {clue} {pay}.`,
    ],
  },
];
