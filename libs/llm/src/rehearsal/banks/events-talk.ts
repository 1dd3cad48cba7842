import type { StoryEvent } from './event-types';

export const TALK_EVENTS: readonly StoryEvent[] = [
  {
    id: 'ask-plain',
    kind: 'ask',
    text: '{P} [ask] {b} {q}',
    plays: [
      `{P} [ask] it plainly, because {I} [=had/has] tried the other ways: {q}. {^b} [look|s] at the question as if it [=had been/were] set down in front of {b.him} on a plate. “Who wants to know?” “I do.” “That is not the same as nobody,” {b.he} [say|s], “but it is close.”`,
      `“There is one thing I need from you,” {P} [say], and [ask] {b} {q}. {b.He} [button|s] one cuff, then the other. “You might have asked me that <a year|ten years> ago.” “I did not know you then.” “No,” {b} [say|s]. “That is when I would have told you.”`,
    ],
  },
  {
    id: 'refuse',
    kind: 'obstacle',
    text: '{b} [refuse|s] to let {P} near {core}',
    plays: [
      `{^b} [stand|s] where {b.he} [have|s] to be walked through. “Not {core},” {b.he} [say|s]. “Anything else in here you may look at until you are sick of it.” {P} [ask] on whose word. {b} [think|s] about that with more honesty than {I} [=had/has] expected. “Mine, I suppose. There used to be someone above me.”`,
      `It [be|s] not a loud refusal. {b} only [move|s] the lamp, and with it the light, and {core} [be|s] on the dark side of it. “You will forgive me,” {b.he} [say|s], in the voice of a person who [mind|s] very little whether {b.he} [be|s] forgiven. {P} [stay] where {I} [be].`,
    ],
  },
  {
    id: 'learn-told',
    kind: 'learn',
    text: '{P} [learn] from {b} that {answer}',
    plays: [
      `{^b} [tell|s] it to the <window|floor>, not to {me}. It [take|s] no longer than a <prayer|weather report>. When it [be|s] out, {P} [have] it in one piece at last: {answer}. “There,” {b.he} [say|s]. “Now there are two of us who cannot un-know it.”`,
      `“Sit down,” {b} [say|s], and for once {P} [do] as {I} [be] told. What {b.he} [say|s] then {b.he} [say|s] quickly, with {b.his} eyes on {my} hands: {answer}. {I} [ask] {b.him} to say it again. {b.He} [do|s], in the same words, which [be|s] how {I} [know] they [be|p] true.`,
    ],
  },
  {
    id: 'learn-alone',
    kind: 'learn',
    text: '{P} [work] out that {answer}',
    plays: [
      `{P} [lay] it out the way {I} [=had/has] been taught: what [be|s] known, what [be|s] only said, what [be|s] wanted. There [be|s] one arrangement in which nothing [be|s] left over, and {I} [look] at it for a long time before {I} [let] it into words: {answer}.`,
    ],
  },
  {
    id: 'bargain',
    kind: 'settle',
    text: '{P} and {b} [strike|p] a bargain over {core}',
    plays: [
      `“Then let us be businesslike,” {b} [say|s]. {they} [settle|p] it standing: {P} [may] ask what {I} [like] about {core} until the week [be|s] out, and {b} [may] choose what {b.he} [answer|s]. It [be|s] a poor bargain and {they} both [know|p] for whom. {they} [shake|p] hands on it, and {b.his} hand [be|s] cold.`,
    ],
  },
  {
    id: 'quarrel',
    kind: 'obstacle',
    text: '{b} and {P} [quarrel|p] about {core}',
    plays: [
      `It [begin|s] over nothing, a lamp, a door left open, and by the third sentence it [be|s] about {core}. “You talk as if it belonged to you,” {b} [say|s]. “And you talk as if it belonged to nobody,” {P} [say], “which is what people say when they have had it in the house for years.” Neither of {them} [raise|s] a voice. It [=would have been/would be] kinder.`,
    ],
  },
];
