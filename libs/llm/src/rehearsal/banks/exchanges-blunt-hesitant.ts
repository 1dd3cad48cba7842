/** Talk with somebody who says the second thing first. */
export const BLUNT_EXCHANGES: readonly string[] = [
  `“You're in my light,” {b} [say|s].
{P} [move]. “I wanted to ask you about {core}.”
“I know what you want. You've the walk of it.” {b} [do|s] not look up. “Ask. I'll say no, and then we'll both have done our work.”`,
  `“That's a lie,” {P} [say].
“It is.” {b} [be|s] not in the least put out. “It's a better one than the last fellow got. I made an effort.”
“Why?”
“You said good morning,” {b} [say|s].`,
  `“Somebody's going to get hurt by this,” {b} [say|s].
“Somebody has been.”
“Somebody who's still got use of their legs, I mean.” {b.he} [set|s] {b.his} palm flat on {surface}. “You'll go home. I'll still have to buy bread from them.”`,
  `“Were you fond of anyone in this?” {P} [ask].
“That's a filthy question.” But {b} [go|s] on standing there. “One,” {b.he} [say|s]. “And look what it did for my temper.”`,
  `“Give me a reason,” {P} [say], “and I'll go.”
“There isn't a reason. There's a habit. It's stronger.” {b} [spit|s], neatly, away from {core}. “We leave it be. My mother left it be, and she never left anything be.”`,
  `“Out with it,” {b} [say|s]. “You've been chewing that since you came in.”
So {P} [say] it: that the dates [do|p] not agree, and that {b} [be|s] the only one who [have|s] never given a date at all.
“Course I haven't,” {b} [say|s]. “I was there.”`,
  `“I'll say this once, and then I never said it.” {b} [look|s] over at {thing}, and back. “The thing you want isn't where they let you look. It's where they let you leave your coat.”
{P} [begin] to thank {b.him}.
“Don't,” {b} [say|s]. “I didn't do it for you. I did it because they're so pleased with themselves.”`,
  `“You think I'm hiding something,” {b} [say|s].
“Yes.”
“Good. I'd hate to think I went to all this trouble for nothing.”
It [be|s] so nearly a joke that {P} [look] to see whether {b.he} [be|s] smiling. {b.he} [be|s] not. {b.he} [look|s], if anything, as though {b.he} might sit down.`,
  `“Who taught you to ask like that?” {b} [say|s].
“Like what?”
“As if you'd be sorry to get it.” {b.he} [grunt|s]. “They should have sent some clever swine. I know what to do with those.”`,
];

/** Talk with somebody who begins again. */
export const HESITANT_EXCHANGES: readonly string[] = [
  `“It isn't that I don't want to,” {b} [say|s]. “It's that if I say it, it'll be, it'll have been said.”
“By you.”
“By me. And then they'd look at me. They don't, much, now.” {b} [pick|s] at {item}. “I've got quite used to it.”`,
  `“I counted them,” {b} [say|s], very low. “I always count. It's so as not to, you know. Hear.”
“How many were there?” {P} [ask].
“Eleven. Twelve, if, but I didn't like to count that one.”
{P} [do] not ask which one. {I} [ask] what {b.he} [have|s] done with the number, all this time, and {b} [look|s] at {me} as if nobody ever had.`,
  `“You won't say it was me?” {b} [ask|s].
“I won't say it was anyone, until I know what it was.”
{b} [consider|s] that from several sides. “That's, yes. That's fair,” {b.he} [say|s]. “It's only that with fair I never know which end they'll start.”`,
  `“May I,” {b} [say|s], and [stop|s], and [try|s] it from the other side. “There's something about {core} that I noticed. It's probably nothing. I mean, I've looked at it every day, and it's never been nothing yet.”
“Tell me,” {P} [say].
“It's cleaner than it should be,” {b} [whisper|s]. “On the side you can't see.”`,
  `“They said I dreamt it.”
“Did you?”
{b} [shake|s] {b.his} head, then [nod|s], then [put|s] both hands on {surface} to stop. “I dreamt it after,” {b.he} [say|s]. “First I saw it. I know it was first, because of my shoes.”`,
  `“I wrote it down,” {b} [say|s], “and then I was afraid someone would, so I ate it.”
{P} [look] at {b.him}.
“It was only a small piece of paper. I know it by heart, though. Would that, does that count as a document?”
“It's the best I've been offered,” {P} [say].`,
  `“You could ask me straight out,” {b} [say|s]. “I think I could do it if you asked me straight out and were looking at, at something else.”
So {P} [turn] to {thing} and [ask]. There [be|s] {sound}; there [be|s] a breath, taken and let go.
“Yes,” {b} [say|s].`,
  `“Is it wrong,” {b} [ask|s], “if you saw a thing, and it was, it was sort of beautiful?”
“What was?”
“{core}. With nobody there. With the, when the light came.” {b.he} [go|s] red to the ears. “I should have fetched someone. I just stood. I think I stood for an hour.”`,
  `{b} [begin|s] three sentences and [leave|s] them where they [lie|p]. The fourth [be|s]: “I've got something in my pocket.”
“You needn't show me.”
“No. But I want you to know that I've got it. In case I, in case somebody asks if I had it, and I say no.” {b} [swallow|s]. “I say no rather easily.”`,
];
