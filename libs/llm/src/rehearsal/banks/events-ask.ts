import type { StoryEvent } from './event-types';

export const ASK_EVENTS: readonly StoryEvent[] = [
  {
    id: 'ask-plain',
    kind: 'ask',
    text: '{P} [ask] {b} plainly {q}',
    plays: [
      `{P} [ask] it plainly, having tried the other ways: {q}. {b} [look|s] at the question as if somebody [have|s] set it down in front of {b.him} on a plate. “Who wants to know?” “I do.” “That is not the same as nobody,” {b.he} [say|s], “but it is close.”`,
      `“There is one thing I need from you,” {P} [say], and {I} [ask] {b} {q}. {b} [button|s] one cuff, then the other. “You might have asked me that ten years ago.” “I did not know you then.” “No,” {b} [say|s]. “That is when I would have told you.”`,
      `{P} [let] two or three smaller questions go ahead of it, as one [send|s] children across first to see if the ice will hold. Then {I} [ask] {q}. {b} [have|s] been answering quickly. Now {b.he} [stop|s], and [begin|s] to answer well, and {I} [know] that {I} [have] come to the place.`,
    ],
  },
  {
    id: 'ask-paper',
    kind: 'ask',
    text: '{P} [put] a paper before {b} and [ask] {b.him} {q}',
    plays: [
      `{P} [unfold] the paper and [lay] it on {surface}, turned so that {b} [can] read it without the trouble of touching it. Then {I} [ask] {b.him} {q}. {b.he} [read|s] to the end. {b.he} [read|s] the end again. “This is not my hand,” {b.he} [say|s], which [be|s] not what {I} [have] asked.`,
      `“You will know this,” {P} [say], and [put] the paper down between {them}. {b} [know|s] it; {b.his} eyes [have|p] gone to the foot of the page before the rest of {b.him} [have|s] decided to look. So {I} [ask] {b.him}, quite gently, {q}. It [be|s] some time before there [be|s] anything to hear but {sound}.`,
    ],
  },
  {
    id: 'ask-twice',
    kind: 'ask',
    text: '{P} [ask] {b} the same thing twice, and [get] two answers',
    plays: [
      `{P} [ask] it at the beginning, and {b} [answer|s]. {P} [talk] of other things, of {item}, of the price of lamp oil; and at the end, with {my} hand already raised to say goodbye, {I} [ask] it again in the same words. {b} [answer|s] that too. The two answers [be|p] both good ones. They [be|p] only not the same.`,
      `“You said an hour,” {P} [say]. “I said about an hour,” {b} [say|s]. “You said an hour, and before that you said you had not looked.” {b} [consider|s] {thing} with real attention. “Then I have answered you twice over,” {b.he} [say|s], “and you cannot call me unwilling.”`,
    ],
  },
  {
    id: 'ask-silence',
    kind: 'ask',
    text: '{P} [say] nothing until {b} [begin|s] to talk of {core}',
    plays: [
      `There [be|s] a way of asking that [consist|s] of sitting down. {P} [take] {seat} and [sit], and [look] at nothing, and [let] the quiet go sour. {b} [hold|s] out longer than most. Then, in the voice of a person remarking on the weather, {b.he} [begin|s] to talk of {core}, and once {b.he} [have|s] begun {b.he} [can] not find the place to stop.`,
      `{P} [say] nothing. {I} [have] found that people will pay a good deal to have a silence taken away. {b} [offer|s] the weather; {b.he} [offer|s] a cousin's illness; and at last, with something like relief, {b.he} [offer|s] {core}. “I never cared for it,” {b.he} [say|s]. “I want that understood before I tell you anything else.”`,
    ],
  },
];
