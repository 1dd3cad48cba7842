/** Uses of the brief's own words: `{premise}` is a sentence of the premise, quoted. */
export const PREMISE_UNITS: readonly string[] = [
  `{P} [have] one paragraph by heart, out of the papers {I} [have] been sent: “{premise}” {I} [trust] it as far as one [trust|s] any sentence that nobody [have|s] signed.`,
  `There [be|s] a card in the file, in somebody's best handwriting. “{premise}” {P} [read] it through. There [be|s] a blot by the last word, the only one, where the pen [have|s] stood still.`,
  `What it all [come|s] back to [be|s] the old account, the one that [be|s] copied from file to file: “{premise}” {P} [say] it over to {myself}, putting the weight on a different word each time.`,
  `In the margin of {my} notes, in pencil, [stand|s] the sentence with which the file [begin|s]: “{premise}” {I} [have] asked six people about it, and had it back six times with not a word changed. That [be|s] not how people [tell|p] the truth.`,
  `Somebody [have|s] read it out once, at the beginning of all this, in an office with a good carpet: “{premise}” It [have|s] sounded like the end of a matter. {P} [have] wondered ever since what sort of person could have thought so.`,
];

/** The same, in talk. */
export const PREMISE_TALK: readonly string[] = [
  `“You have read what they say of us,” {b} [say|s], and [give|s] it to {me} from memory, with {b.his} eyes half shut: “{premise}”
“I have read it.”
“It's quite true,” {b} [say|s]. “I should have left it at that, in your place.”`,
  `“{premise}” {P} [close] the book on {my} finger. “Who wrote that?”
“Somebody who wanted it to stay written,” {b} [say|s].`,
  `{b} [have|s] it on a card, and [hold|s] the card out at arm's length to read. “{premise}” {b.he} [turn|s] it over. The back [be|s] blank. “One always looks,” {b.he} [say|s].`,
];

/** Uses of a fact of the world bible: `{fact}`. */
export const FACT_UNITS: readonly string[] = [
  `There [be|s] one thing on which the record and the gossip [agree|p], and {P} [have] it in both: “{fact}” {I} [underline] it. Where those two [agree|p], somebody [have|s] usually introduced them.`,
  `It [be|s] common knowledge, and so it [have|s] never been looked into: “{fact}” {P} [look] into it, standing there, as far as one [can] with one's hands in one's pockets.`,
  `A line from the files [go|s] round and round in {my} head like a tune: “{fact}” {P} [know] better than to chase it. It [will|s] stop when it [be|s] over the right word.`,
  `“{fact}” So it [stand|s], in the book where such things [be|p] set down, and {P} [have] no reason to doubt it; {I} only [wonder], as {I} [have] wondered before, who [have|s] wanted it set down at all.`,
  `Three times in the file, in three inks, there [be|s] the same statement: “{fact}” {P} [put] a small cross beside each. Nobody [say|s] a thing three times who [be|s] believed.`,
  `“{fact}” That [be|s] the whole entry. {P} [have] read longer ones with less in them, and [have] the feeling that this one [go|s] on, somewhere, in a different book.`,
  `{P} [turn] up the page to be sure of the wording. “{fact}” One [can|s] build a good deal on a sentence like that, if one [do|s] not lean.`,
  `On one point even the oldest of them [will] not be shaken: “{fact}” {P} [have] tried shaking. It [be|s] like a tooth that [be|s] all root.`,
  `“{fact}” It [be|s] the sort of thing one [learn|s] in the first hour in a place and [understand|s] in the last. {P} [reckon] that {I} [be] about half way.`,
  `There [be|s] a note in the margin of {my} notes, in {my} own hand, which {I} [do] not remember making: “{fact}” And then, smaller: “Why do they all say so?”`,
  `When nothing else [agree|s] {P} [go] back to the little that [do|s]. “{fact}” That [stand|s]. {I} [set] {my} foot on it, in {my} mind, and [look] about for the next.`,
  `Somebody [have|s] told {me}, on the first day, as one [tell|s] a visitor where the towels [be|p]: “{fact}” {P} nodded. {I} went on nodding for some time after it had begun to be odd.`,
];

/** Uses of an obligation that is still open: `{owed}`. */
export const OWED_UNITS: readonly string[] = [
  `And there [be|s] still {owed}, which {P} [have] neither explained nor been able to forget. {I} [move] it to the top of the list, where it [have|s] been before.`,
  `{P} [have] not done with {owed}. {I} [know] it as one [know|s] that a tap [be|s] running somewhere in the house.`,
  `Under everything else, like a coin under a carpet, [be|s] the matter of {owed}. {P} [feel] it every time {I} [cross] that part of the floor.`,
  `{P} [owe] somebody an answer about {owed}; {I} [have] never promised it aloud, which [make|s] it worse.`,
  `Of all the loose ends it [be|s] {owed} that {P} [keep] treading on.`,
  `If {I} [be] honest, {P} [think], {I} [be] no nearer to understanding {owed} than on the day {I} first set eyes on it. {I} [have] merely got used to the look of it.`,
  `And then, at the back of everything, patient as a dog at a door, {owed}.`,
  `Nobody [mention|s] {owed}. {P} [take] that as the nearest thing to an answer {I} [be] going to get before supper.`,
];

/** Picks up what happened before: `{recap}` is a clause in the past tense. */
export const RECAP_UNITS: readonly string[] = [
  `It [have|s] come to this: {recap}. {P} [have] not yet decided what {I} [be] going to think about it.`,
  `{P} still [have] the last of it in {my} ears. Put plainly, {recap}; and put plainly it [sound|s] like nothing at all.`,
  `What {I} [have] to go on [be|s] soon told. {^recap}. The rest [be|s] weather.`,
  `One thing [lead|s] to another only in reports. All that [have|s] happened [be|s] that {recap}, and that {P} [have] slept, and that here {I} [be].`,
  `To begin where it [have|s] stopped: {recap}. {P} [have] turned that over through most of a night, and it [have|s] the same thing on both sides.`,
  `Since then nothing; or nothing that {P} [can] put a name to. {^recap}, and after that everybody [have|s] been very polite.`,
  `“And then?” {my} old master would have said. And then {recap}; and then, as so often, {P} [have] had to wait for it to get light.`,
  `If anybody [ask|s], {P} [have] the sentence ready: {recap}. It [be|s] true, and there [be|s] nothing in it.`,
  `What {P} [carry] in with {me} [be|s] not much, a notebook, and the knowledge that {recap}.`,
];

/** What the person came for: `{goal}` begins with "to". */
export const GOAL_UNITS: readonly string[] = [
  `{P} [have] come {goal}. {I} [have] said so to nobody, and {I} [have] the impression that everybody [know|s].`,
  `There [be|s] only one thing to do here, and that [be|s] {goal}. {P} [have] promised {myself} not to be led off it by manners.`,
  `{P} [mean] {goal}, and then to go. {I} [have] even worked out the time it would take. One [do|s].`,
  `All {I} [want] [be|s] {goal}. Put like that it [seem|s] a small thing to ask of a day.`,
  `What {P} [have] in mind [be|s] {goal}. {I} [have] been in the work long enough to know that what one [have|s] in mind [be|s] the first thing they [take|p] off one at the door.`,
  `{P} [have] only this to do, {goal}, and the rest of the day would be {mine}. {I} [tell] {myself} so with every appearance of belief.`,
];
