import type { StoryEvent } from './event-types';

export const ASK_EVENTS: readonly StoryEvent[] = [
  {
    id: 'ask-plain',
    kind: 'ask',
    text: '{P} [ask] {b} plainly {q}',
    plays: [
      `{P} [ask] it plainly, having tried the other ways: {q}. {b} [look|s] at the question as if somebody [have|s] set it down in front of {b.him} on a plate. “Who wants to know?” “I do.” “That is not the same as nobody,” {b.he} [say|s], “but it is close.”`,
      `“There is one thing I need from you,” {P} [say], and {I} [ask] {b} {q}. {b} [button|s] one cuff, then the other. “You might have asked me that ten years ago.” “I did not know you then.” “No,” {b} [say|s]. “That is when I would have told you.”`,
      `{P} [let] two or three smaller questions go ahead of it, as one [send|s] children across first to see if the ice [will] hold. Then {I} [ask] {q}. {b} [have|s] been answering quickly. Now {b.he} [stop|s], and [begin|s] to answer well, and {I} [know] that {I} [have] come to the place.`,
    ],
  },
  {
    id: 'ask-paper',
    kind: 'ask',
    text: '{P} [put] a paper before {b} and [ask] {b.him} {q}',
    plays: [
      `{P} [unfold] the paper and [lay] it on {surface}, turned so that {b} [can] read it without the trouble of touching it. Then {I} [ask] {b.him} {q}. {b.he} [read|s] to the end. {b.he} [read|s] the end again. “This is not my hand,” {b.he} [say|s], which [be|s] not what {I} [have] asked.`,
      `“You will know this,” {P} [say], and [put] the paper down between {them}. {b} [know|s] it; {b.his} eyes [have|p] gone to the foot of the page before the rest of {b.him} [have|s] decided to look. So {I} [ask] {b.him}, quite gently, {q}. It [be|s] some time before there [be|s] anything to hear but {sound}.`,
      `“Read me that,” {P} [say], and [slide] the paper over {surface}. {b} [do|s] not read it; {b.he} [look|s] at it as one [look|s] at a face. Then, and not before, {P} [ask], in the voice in which one [ask|s] after a person's family, {q}. The paper [begin|s] to shake a little at one corner. {b.he} [lay|s] a hand on it.`,
    ],
  },
  {
    id: 'ask-twice',
    kind: 'ask',
    text: '{P} [ask] {b} the same thing twice, and [get] two answers',
    plays: [
      `{P} [ask] it at the beginning, and {b} [answer|s]. {P} [talk] of other things, of {item}, of the price of lamp oil; and at the end, with {my} hand already raised to say goodbye, {I} [ask] it again in the same words. {b} [answer|s] that too. The two answers [be|p] both good ones. They [be|p] only not the same.`,
      `“You said an hour,” {P} [say]. “I said about an hour,” {b} [say|s]. “You said an hour, and before that you said you had not looked.” {b} [consider|s] {thing} with real attention. “Then I have answered you twice over,” {b.he} [say|s], “and you cannot call me unwilling.”`,
      `“Before supper or after?” {P} [ask]. “Before,” {b} [say|s]. There [be|s] some talk then about {item}, and who [have|s] broken it. “And it was after supper,” {I} [say], folding {my} notes, “that you looked in?” “Just after,” {b} [say|s]; and then {they} both [stay|p] quite still, like people who have heard a plate go in another room.`,
    ],
  },
  {
    id: 'ask-silence',
    kind: 'ask',
    text: '{P} [say] nothing until {b} [begin|s] to talk of {core}',
    plays: [
      `There [be|s] a way of asking that [consist|s] of sitting down. {P} [take] {seat} and [sit], and [look] at nothing, and [let] the quiet go sour. {b} [hold|s] out longer than most. Then, in the voice of a person remarking on the weather, {b.he} [begin|s] to talk of {core}, and once {b.he} [have|s] begun {b.he} [cannot] find the place to stop.`,
      `{P} [say] nothing. {I} [have] found that people [will] pay a good deal to have a silence taken away. {b} [offer|s] the weather; {b.he} [offer|s] a cousin's illness; and at last, with something like relief, {b.he} [offer|s] {core}. “I never cared for it,” {b.he} [say|s]. “I want that understood before I tell you anything else.”`,
      `{P} [take] out an apple and [peel] it. It [be|s] not a thing one [can|s] hurry. By the time the peel [be|s] off, in one piece, {b} [have|s] begun, quite of {b.his} own accord, to explain about {core}: first what it [be|s] not, then what people wrongly [suppose|p], and then, with the apple gone and only the sound of it missing, what {b.he} would rather have kept.`,
    ],
  },
  {
    id: 'ask-names',
    kind: 'ask',
    text: '{P} [read] {b} a list of names, and {b} [stop|s] {me} at one',
    plays: [
      `{P} [read] the list slowly, a breath after each. {b} [keep|s] {b.his} eyes shut, like a person at a concert. At the ninth name there [be|s] nothing; at the tenth, nothing; and at the eleventh {b.he} [say|s] “Stop,” before {I} [have] quite finished it. “No. Go on,” {b.he} [say|s]. But {P} [have] already put the small mark in the margin.`,
      `“I'm going to read you some names,” {P} [say]. “You needn't do anything.” And {b} [do|s] not do anything, so thoroughly and for so long that when at one of them {b.his} thumb [move|s], once, along the seam of {b.his} sleeve, it [be|s] as good as a shout. {I} [stop] there, as if {I} [have] come to the bottom of the page.`,
    ],
  },
  {
    id: 'ask-price',
    kind: 'ask',
    text: '{P} [ask] {b} what {core} would fetch, and [get] a laugh',
    plays: [
      `“What would it fetch?” {P} [ask]. “{^core}. If somebody were selling.” {b} [laugh|s] until {b.he} [have|s] to hold on to {surface}. “Fetch!” {b.he} [say|s], wiping {b.his} eyes. “It fetches. That's just what it does. It's never once been fetched.”`,
      `{P} [have] found that people who [will] not say what a thing [be|s] [will] often say what it [be|s] worth. So {I} [ask] {b} for a figure. {b.he} [laugh|s], not pleasantly, and [name|s] one; and it [be|s] so exact, for {core}, down to the pence, that for some moments neither of {them} [find|s] anything to add.`,
    ],
  },
  {
    id: 'ask-child',
    kind: 'ask',
    text: '{P} [ask] the one question about {core} that a child would ask, and {b} [have|s] no answer ready',
    plays: [
      `“What is it for?” {P} [ask]. It [be|s] such a question as one [put|s] at five years old and [be|s] hushed for. {b} [open|s] {b.his} mouth to say what {core} [be|s] for, and one [can|s] see {b.him} go from room to room in {b.his} own head, opening the doors, and finding in each of them somebody who [have|s] been sure that it was known next door.`,
      `All the clever questions about {core} {b} [have|s] an answer to; they [stand|p] ready like umbrellas. So {P} [try] a stupid one. “Does it hurt?” {I} [ask]. And {b}, who [have|s] lied to {me} for an hour without turning a hair, [go|s] white.`,
    ],
  },
];
