import type { StoryEvent } from './event-types';

export const OBSTACLE_EVENTS: readonly StoryEvent[] = [
  {
    id: 'refuse',
    kind: 'obstacle',
    text: '{b} [refuse|s] to let {Po} near {core}',
    plays: [
      `{b} [stand|s] where {b.he} [have|s] to be walked through. “Not {core},” {b.he} [say|s]. “Anything else you may look at until you are sick of it.” {P} [ask] on whose word. {b} [think|s] about that with more honesty than {I} [have] expected. “Mine, I suppose. There used to be someone above me.”`,
      `It [be|s] not a loud refusal. {b} only [shift|s] a little, and with that {core} [be|s] on the far side of {b.him}. “You will forgive me,” {b.he} [say|s], in the voice of a person who [mind|s] very little whether {b.he} [be|s] forgiven. {P} [stay] where {I} [be], and [learn] what {I} [can] from how carefully {b.he} [breathe|s].`,
      `“Who let you in here?” {b} [say|s]; and then, with {b.his} eyes on {core} and not on {me}: “I'll ask you to stand further off.” {P} [stand] further off. “Further,” {b} [say|s]. It [go|s] on until {I} [be] nearly in the next parish, and from there, as {b} must know, one [see|s] it rather better.`,
    ],
  },
  {
    id: 'quarrel',
    kind: 'obstacle',
    later: true,
    text: '{b} and {P} [quarrel|p] about {core}',
    plays: [
      `It [begin|s] over nothing, a draught, a word like “only”, and by the third sentence it [be|s] about {core}. “You talk as if it belonged to you,” {b} [say|s]. “And you talk as if it belonged to nobody,” {P} [say], “which is what people say when they have had a thing in the house for years.” Neither of {them} [raise|s] a voice. It would be kinder.`,
      `“You have been counting again,” {b} [say|s]. “Somebody ought to,” {P} [say]. It [be|s] an old sort of quarrel, although {they} [have|p] never had it before: about {core}, and who [have|s] the right to leave it alone. {b} [win|s] it, if winning [be|s] having the last word. {P} [go] over to {thing} and [stand] there until {my} hands [be|p] steady.`,
      `“You'll have it in pieces before you're done,” {b} [say|s]. “It was in pieces when I came,” {P} [say]; “somebody had stood them close together.” After that it [be|s] the usual thing: who [have|s] been here longer, who [have|s] lost more, who [have|s] never asked for anything. Only {core} [say|s] nothing. It [have|s] heard it before.`,
    ],
  },
  {
    id: 'lie',
    kind: 'obstacle',
    text: '{b} [tell|s] {Po} a lie about {core}, and [tell|s] it well',
    plays: [
      `What {b} [say|s] about {core} then [be|s] a lie, and so good a one that {P} [feel] something like respect. It [have|s] a dog in it, and a wet afternoon, and a detail {b.he} [correct|s] against {b.his} own interest. Only the true part [be|s] badly made. It generally [be|s]; nobody [rehearse|s] the truth.`,
      `“I will tell you exactly how it was,” {b} [say|s], and {P} [settle] down to be lied to. {b.he} [do|s] it well, with {core} set in the middle like a stone in a ring, and everything round it chosen to show it off. {I} [ask] {b.him} for one part again. Out it [come|s], not a syllable different, smooth as {thing}.`,
      `{b} [invent|s] things about {core} as some people [whistle|p], to keep {b.his} spirits up, and {P} [listen] as one [listen|s] to whistling in the dark: for what it [go|s] round. It [go|s] round a certain hour. It [go|s] round it three times, each time a little higher.`,
    ],
  },
  {
    id: 'watched',
    kind: 'obstacle',
    text: '{P} [see] that somebody [be|s] watching {place}',
    plays: [
      `{P} [see] it in {thing} first, a change of light where there [be|s] nobody to change it. Somebody [be|s] watching {place}, and [have|s] been for some time, with the patience of a person who [be|s] paid by the day. {I} [go] on with what {I} [be] doing, a little more slowly, so that there should be plenty to report.`,
      `There [be|s] {sound}, and under it, once, a foot being set down by somebody who would rather it were not heard. {P} [do] not turn. Whoever [be|s] watching {place} [have|s] the better view; but {I} [know] now that there [be|s] something here to be seen, and that [be|s] worth being looked at for.`,
      `A cigarette end, still warm, [lie|s] where {P} [have] stood an hour ago; and {P} [do] not smoke. Somebody [have|s] come and put their feet where {mine} [have|p] been, and looked at {place} from there, to see what there was for {me} to see. {I} [turn] round slowly. It [be|s] a fine evening. There [be|p] a great many windows.`,
    ],
  },
  {
    id: 'locked',
    kind: 'obstacle',
    text: '{P} [find] {place} shut against {me}, and [get] in by asking for something else',
    plays: [
      `{^place} [be|s] shut, it [appear|s], to anyone who [come|s] about {core}. {P} [go] away, [wait] for as long as it [take|s] to become somebody else, and [come] back about the drains. For the drains there [be|p] keys, and a lamp, and a chair. Nobody [have|s] ever yet been kept out of anywhere on account of the drains.`,
      `“Closed,” {I} [be] told, through as little of an opening as [will] carry the word. {P} [say] that {I} [have] come to pay something. A pause; a bolt. It [be|s] wonderful what a debt [do|s] for a person's welcome. Inside, {at}, {P} [pay] a small sum nobody [can] remember being owed, and [look] about {me}.`,
    ],
  },
  {
    id: 'shame',
    kind: 'obstacle',
    later: true,
    text: '{b} [remind|s] {Po} of a thing {I} would rather forget',
    plays: [
      `“You were not always so particular,” {b} [say|s], pleasantly, and [name|s] a year. That [be|s] all; only a year, and the name of a street. {P} [feel] it go in. {I} [have] paid for that, {I} [tell] {myself}; but it [be|s] one of those debts that [have|p] no receipt, and {b} [know|s] it, and [go|s] on looking at {thing}.`,
      `{b} [wait|s] until {P} [be] nearly at the question, and then {b.he} [say|s], as if it [have|s] just come into {b.his} head: “And how is your sister?” {^I} [have] not spoken of {my} sister to anyone here. {P} [answer] that she [be|s] well. The question {I} [have] come with [lie|s] down again like a dog that [have|s] been spoken to.`,
    ],
  },
  {
    id: 'paper-gone',
    kind: 'obstacle',
    text: '{P} [look] for the account of {core} and [find] it [=had/has] been signed out to {b}',
    plays: [
      `There [be|s] a slip where the account of {core} should be, and on the slip a date, and a name. “I was going to bring it back,” {b} [say|s], from behind {me}. {b.he} [have|s] it under {b.his} arm. “When?” {P} [ask]. “When you had stopped coming to look for it,” {b} [say|s], with what {I} [be] obliged to call frankness.`,
      `“It's out,” {P} [be] told; and, when {I} [have] waited long enough to be a nuisance, “It's out to {b}.” The account of {core} [have|s] been out to {b}, it [appear|s], since the spring before last. Nobody else [have|s] asked. {I} [write] {my} own name below on the slip and [watch] the ink dry.`,
    ],
  },
  {
    id: 'accident',
    kind: 'obstacle',
    later: true,
    text: 'Something [fall|s] at {place}, a little too near {Po}',
    plays: [
      `It [come|s] down a hand's breadth from {my} shoulder, and the noise of it [go|s] on for some time. When the dust [have|s] thought better of it {P} [look] up. There [be|s] no one. There [be|s] a place {at}, high up, where something [have|s] stood for years and [stand|s] no longer, and the edge [be|s] clean. “That's never happened before,” somebody [say|s]. {I} [believe] it.`,
      `{P} [have] stooped to tie a lace. That [be|s] all that [make|s] the difference: where {my} head [have|s] been there [be|s] a crack, and splinters, and then {item}, rolling, coming to rest against {my} foot. {^place} [hold|s] its breath. “You want to be careful,” a voice [say|s], from above, quite kindly.`,
    ],
  },
];
