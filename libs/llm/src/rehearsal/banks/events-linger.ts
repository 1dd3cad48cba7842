import type { StoryEvent } from './event-types';

export const LINGER_EVENTS: readonly StoryEvent[] = [
  {
    id: 'linger-wait',
    kind: 'linger',
    text: '{P} [wait] {at} to see who [come|s]',
    plays: [
      `{P} [wait]. {I} [have] chosen a spot {at} from which the whole of it [can] be seen and in which nobody [will] think of looking. People [come|p] and [go|p], and {I} [put] a name to each, and a reason, and [cross] the reasons out again.`,
      `Waiting [be|s] a trade like another, and {P} [know] the tools of it: something to hold, something to look at, a reason ready. Here the thing to look at [be|s] {thing}. By the time somebody [come|s], {I} [can] draw it from memory, and the reason [have|s] gone a little stale.`,
      `A person who [wait|s], {P} [have] noticed, [become|s] after an hour a piece of the furniture, and after two hours something that [have|s] always been there. By the third {I} [be] {at} as the walls [be|p] {at}. People [say|p] things in front of {me}. One of them [hang|s] a hat on the chair {I} [be] sitting in.`,
    ],
  },
  {
    id: 'linger-copy',
    kind: 'linger',
    text: '{P} [go] over everything known about {core}',
    plays: [
      `{P} [go] over it from the start: everything known about {core}, and beside each thing the name of whoever [have|s] said so. The names [be|p] fewer than {I} [have] thought. Most of what everybody [know|s], {I} [find], one person [have|s] told them.`,
      `There [be|s] a way of reading a thing backwards, to catch the mistakes the sense [run|s] over, and {P} [do] it now with {core}: last word first, then the word before it. {I} [have] got as far as the beginning when {I} [see] that there [be|s] none. Everyone [start|s] the story with the second thing that [have|s] happened.`,
      `On the left-hand page {P} [put] what would have to be so if {core} [be|s] what they [say|p]; on the right, what {I} [have] seen. It [make|s] a handsome book. The left [be|s] full. On the right there [be|s] a pressed flower, and a date.`,
    ],
  },
  {
    id: 'linger-share',
    kind: 'linger',
    text: '{b} and {P} [share|p] bread and a silence {at}',
    plays: [
      `For a while {b} and {P} [be|p] merely two people {at}, with the day going on elsewhere and nothing to be got out of it. {b} [break|s] a piece of bread and [hold|s] half of it out without looking. {I} [find], to {my} surprise, that {I} [be] hungry.`,
      `“Eat,” {b} [say|s]. “You can suspect me with your mouth full.” So {P} [sit] down on {seat}, and [eat], and the silence that [come|s] then [be|s] not one of those that [want|p] something. It [last|s] exactly as long as the bread.`,
      `“There's two spoons,” {b} [say|s], and that [be|s] the whole of the invitation. {they} [eat|p] out of the one pot, {at}, in turn, not hurrying, each leaving the other the better half as if by oversight. When it [be|s] done {b} [turn|s] the pot over to show that it [be|s] done. {P} [have] sat through treaties that settled less.`,
    ],
  },
  {
    id: 'linger-hands',
    kind: 'linger',
    text: '{P} [watch] {b} at work {at}',
    plays: [
      `{b} [go|s] on working while {b.he} [be|s] watched, which not everyone [can]. {P} [look] at the hands. They [do|p] a thing, and [do|p] the next, and between the two there [be|s] a small check, a touch on {thing}, that [have|s] nothing to do with the work. {I} [count] it five times before {b} [notice|s], and [stop|s] doing it.`,
      `{P} [have] always thought that one [learn|s] more from how a person [put|s] a tool down than from anything they [say|p]. {b} [put|s] things down as if they might be asked about it later. Just now, with {light} on {b.his} sleeves, {b.he} [look|s] like somebody's idea of an honest living.`,
      `{b} [work|s] with {b.his} tongue between {b.his} teeth and [have|s] forgotten that {P} [be] there. One [see|s] a person so about twice in an acquaintance. {I} [see] that {b.he} [be|s] good at it; that {b.he} [be|s] left-handed, which {b.he} [be|s] not at table; and that every so often {b.he} [lift|s] {b.his} head, {at}, and [listen|s], exactly as one [listen|s] for a child asleep.`,
    ],
  },
  {
    id: 'linger-letter',
    kind: 'linger',
    text: '{P} [begin] a letter about {core} and [tear] it up',
    plays: [
      `{P} [begin] a letter. It [have|s] a date, and a salutation, and then it [have|s] {core} in it, and after that {I} [cannot] think of a sentence that [be|s] both true and short. {I} [tear] it across, and across again, and [put] the pieces in {my} pocket, since {at} one [do|s] not leave paper lying.`,
      `“Come and tell me that I am imagining it”: that [be|s] what {I} [want] to write. What {P} [write], in a good clear hand, [be|s] that the matter of {core} [be|s] taking a little longer than expected. {I} [read] it through. Then {I} [tear] it up, because it [be|s] the second kind of lie, and {I} [have] come here about the first.`,
      `“Dear sir,” {P} [write], “with regard to {core}”; and after that {I} [sit] for the length of a candle. There [be|p] several ways for the sentence to go on. All of them [have|p] been used, {I} [think], by somebody, in an office, before {me}. {I} [tear] off the half with the writing and [keep] the other half, paper being what it [be|s].`,
    ],
  },
  {
    id: 'linger-rumour',
    kind: 'linger',
    text: '{b} [repeat|s] to {Po} what people say about {core}',
    plays: [
      `{b} [have|s] it from three people, and [give|s] all three, with the voices: {core} [be|s] cursed; {core} [be|s] worth more than the roof over it; {core} [be|s] not the real one, and the real one [be|s] at the bottom of something. “And which do you say?” {P} [ask]. “Oh, I say all of them,” {b} [say|s]. “It depends who is paying.”`,
      `“You want to know what they say?” {b} [lean|s] back against {thing}. “They say {core} will see us all out. They said it to my father, and it saw him out.” {b.he} [seem|s] to expect {me} to smile, so {P} [smile]. It [be|s] only afterwards that {I} [ask] {myself} who “they” [may|s] be, in a place with so few people in it.`,
      `The version {b} [have|s] today [be|s] new to {Po}. In this one {core} [have|s] a sister. {b} [tell|s] it leaning on {surface}, with relish, doing the sister in a squeaky voice, and [stop|s], because somebody [have|s] come in; and when {b.he} [go|s] on, {core} [have|s] no sister, and never had.`,
    ],
  },
  {
    id: 'linger-sleep',
    kind: 'linger',
    later: true,
    text: '{P} [fall] asleep at {place} and [dream] of {core}',
    plays: [
      `{P} [do] not mean to sleep. {I} [mean] to shut {my} eyes on it for a minute. In the dream {core} [be|s] quite small, and {I} [have] to carry it, {at}, past a row of people who each [lean|p] down and [tell|p] it something. When {I} [wake] the light [have|s] moved and {my} hand [be|s] closed on nothing, carefully.`,
      `It [be|s] the warmth that [do|s] it; that and having been lied to since breakfast. {P} [sleep] sitting up, {at}, like a cabman. {I} [dream] of {core} with the back off. Somebody [be|s] showing {me} how it [go|s], and {I} [see], oh, how simple; and on the word simple {I} [wake].`,
    ],
  },
  {
    id: 'linger-child',
    kind: 'linger',
    text: 'A child at {place} [show|s] {Po} how the grown-ups [look|p] at {core}',
    plays: [
      `The child [have|s] been standing there for some time. “They go like this,” it [say|s]; and it [do|s] them all, one after another, the way each of them [look|p] at {core}: the sideways one, the humble one, the one with the hand before the mouth. It [be|s] merciless. {P} [recognise] every person {at}; and, last of all, with the chin up, very serious, {myself}.`,
      `“You look at it wrong,” a child [say|s]. It [have|s] come up without a sound, as children [do|p] {at}. “How should I look at it?” {P} [ask]. “You're supposed to not,” the child [say|s]; and [show|s] {me}, walking past {core} with its face turned away and its eyes, in the turned face, sliding back and back.`,
    ],
  },
];
