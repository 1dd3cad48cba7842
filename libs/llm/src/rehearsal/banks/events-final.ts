import type { StoryEvent } from './event-types';

/** What only the last chapter has. */
export const FINAL_EVENTS: readonly StoryEvent[] = [
  {
    id: 'final-gather',
    kind: 'arrive',
    final: true,
    text: '{P} [call] them all together at {place}, {b} among them',
    plays: [
      `{P} [have] asked them all to {place} for the same hour, and given each a different reason, and they [have|p] all come for the reason they [have|p] not been given. {b} [arrive|s] last and [take|s] {seat}, which nobody [have|s] liked to take. {I} [wait] until the shuffling [stop|s]. There [be|s] {sound}. Then there [be|s] nothing {I} [can] decently go on waiting for.`,
      `They [come|p] in ones and twos, not looking at each other, as people [come|p] to hear a will. {^place} [have|s] never held so many who [be|p] so careful not to touch anything. {P} [count] them. {b} [be|s] there, next to {thing}, holding {b.his} hat by the brim, like somebody who [have|s] only looked in.`,
    ],
  },
  {
    id: 'final-account',
    kind: 'ask',
    final: true,
    text: '{P} [say] aloud, before {b} and the rest, what [be|s] known of {core}',
    plays: [
      `{P} [begin] with the things nobody [can] mind, the dates, the weights, and [go] on from there in order. {core} {I} [leave] for the middle, where it [belong|s]. {I} [do] not raise {my} voice. At one point somebody [laugh|s] and [be|s] looked at. {b} [do|s] not laugh, or move, or do anything at all; {b.he} [listen|s] as one [listen|s] to one's own name being spelt out to a clerk.`,
      `“I shall say it once,” {P} [say], “and anybody who was there may correct me.” So {I} [say] it: what {core} [be|s], and who [have|s] had it, and what [have|s] been done about it and what [have|s] been left. Nobody [correct|s] {me}. It [be|s] {b} who [nod|s], at each date, very slightly, as a teacher [nod|s].`,
    ],
  },
  {
    id: 'final-confess',
    kind: 'learn',
    final: true,
    text: '{b} [own|s] to {Po} that {answer}',
    plays: [
      `“Must I say it?” {b} [ask|s], and {P} [say] that {b.he} must, because it [be|s] {b.hisOwn}. So {b} [stand|s] up to do it. It [be|s] not long. When {b.he} [have|s] done, it [be|s] simply there among {them}, plain as a chair: {answer}. {b} [look|s] round for {seat}, like a person who [have|s] carried something up a great many stairs, and [sit|s].`,
      `{b} [take|s] a long breath, and [use|s] all of it. {answer}: that [be|s] the whole of what {b.he} [say|s], and {b.he} [say|s] it to {me} alone, though everyone [be|s] there. “You might have let me tell it in my own time,” {b.he} [add|s]. “That was your own time,” {P} [say], as gently as {I} [know] how. “I only counted it.”`,
      `“I have rehearsed it so often,” {b} [say|s], “that I find I don't know how it goes.” {P} [wait]. Everyone [wait|s]. Outside there [be|s] {sound}; and when that [be|s] over {b.he} [say|s] it, without the preface and without the reasons, in the order in which it happened: {answer}. Nobody [cry|s] out. Somebody, at the back, [begin|s] very quietly to stack the chairs.`,
    ],
  },
  {
    id: 'final-home',
    kind: 'leave',
    final: true,
    text: '{P} [leave] {place}, and {b} [see|s] {Po} off',
    plays: [
      `{b} [walk|s] with {me} as far as there [be|s] to walk, because it [be|s] {b.his} way to see people off, and neither of {them} [speak|s] of what {they} [have|p] both been doing here. Behind {them}, {place} [go|s] about its business with {core} in it, explained. “Well,” {b} [say|s]. “Well,” {P} [say]. And {I} [leave], and [do] not count the steps, and [know] the number anyway.`,
      `It [take|s] {Po} no time to pack what {I} [have] come with. It [be|s] the rest that [will] not fold. At the last turning {b} [put|s] down the bag {b.he} [have|s] insisted on carrying. “You will write it down,” {b.he} [say|s]. “I have written it down,” {P} [say]. “Was it exact?” {^I} [look] back once at {place}. “It was exact,” {I} [say]. “I am still thinking about the rest.”`,
    ],
  },
];
