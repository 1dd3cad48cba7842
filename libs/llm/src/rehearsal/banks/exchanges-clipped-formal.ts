/** Talk with somebody of few words. */
export const CLIPPED_EXCHANGES: readonly string[] = [
  `“You kept notes,” {P} [say].
“I keep everything.” {b} [square|s] a corner that [be|s] square already. “Notes are what is left when people have stopped talking.”
“And about {core}?”
“Four lines.” A pause. “It was five.”`,
  `“How long have you known?” {I} [ask].
“Known what?”
“That is how long, then.”
{b} almost [smile|s]. “Longer than I have liked it,” {b.he} [say|s]. “Shorter than was useful.”`,
  `“You don't like me here,” {P} [say].
“I don't like anyone here. You are in good company.” {b} [move|s] {item} an inch and [look|s] at the result. “Ask your question.”
“I have asked it.”
“Then I have answered it,” {b.he} [say|s]. “Go over it tonight. You'll find where.”`,
  `“One thing at a time,” {b} [say|s]. “What have you got?”
{P} [tell] {b.him}: two dates, a name, {clue}.
“Two dates is one too many.”
“I thought so too.”
“Then don't come to me for arithmetic,” {b} [say|s], not unkindly. “Come when you have lost one.”`,
  `{b} [answer|s] before {P} [have] finished. “No.”
“You don't know what I was going to ask.”
“I know what you didn't ask yesterday.” {b.he} [look|s] at {thing}. “It leaves only the one.”
{P} [let] the one stand there, unasked, until it [begin|s] to look like a third person.`,
  `“Who else has been told?” {I} [ask].
“Nobody has been told. Some have been present.”
“Is there a difference?”
“In law,” {b} [say|s]. “Not at night.”`,
  `“If you were me,” {P} [begin].
“I would have brought better boots.” {b} [weigh|s] something in {b.his} hand that [be|s] not there. “And I'd stop looking at {core}. Look at who doesn't.”
It [be|s] the longest speech {I} [have] had from {b.him}, and {b.he} [seem|s] to be sorry for the length of it.`,
  `“Was it you?” There [be|s] no other way to put it, so {P} [put] it that way.
“What if it was?”
“Then I should write it down.”
“And if it wasn't?”
“Then I should still have asked.” {b} [think|s] about it. “Good,” {b.he} [say|s]. “Write down that I asked you first.”`,
  `“Say what you saw,” {P} [say]. “Not what you made of it.”
“A light. A hand. The light going.” {b} [stop|s]. “You want more.”
“Whose hand?”
“That,” {b} [say|s], “would be what I made of it.”`,
];

/** Talk with somebody whose politeness is a fence. */
export const FORMAL_EXCHANGES: readonly string[] = [
  `“I trust that you have been made comfortable,” {b} [say|s].
{P} [say] that {I} [have] been made very comfortable, chiefly in rooms that [be|p] a long way from {core}.
“One does what one can.” {b} [incline|s] {b.his} head. “I should not wish you to be disturbed by it.”
“I came here to be disturbed by it,” {P} [say].`,
  `“You will permit me an observation,” {b} [say|s]. “You ask as if there were somebody to be found out.”
“Is there not?”
“There are only people who did what was in front of them.” {b.he} [look|s] at {thing} with what in someone else would be tenderness. “I have found that this is generally quite bad enough.”`,
  `“I must ask you to put that down,” {b} [say|s].
{P} [have] not noticed that {I} [be] holding anything. It [be|s] {clue}. “Why?” {I} [ask].
“Because I have asked you civilly, and I should be grieved to have to ask you in any other way.”
{P} [put] it down. It [be|s], {I} [think], the first true thing {b.he} [have|s] said: {b.he} would be grieved.`,
  `“My father used to say that a thing is safe as long as it is dull,” {b} [say|s]. “I have tried to keep {core} dull.”
“You have not succeeded.”
“No. I blame the young; they look at things.” {b.he} [permit|s] {b.himself} a small, dry cough. “And now I must blame you, which I regret, for I had begun to enjoy our conversations.”`,
  `“Let us suppose,” {P} [say], borrowing {b.his} manner, “that I already knew.”
“Then I should congratulate you, and ask what you proposed to do about it.”
“And let us suppose that I did not.”
{b} [fold|s] {b.his} hands. “In that case,” {b.he} [say|s], “I find that I have supposed too much, and too early in the day.”`,
  `“You have been very patient with me,” {P} [say].
“It is not patience. I was merely brought up to wait until a visitor has finished.” {b} [glance|s] at {thing}. “You have not finished, I take it.”
“Not quite.”
“No,” {b.he} [agree|s], with the courtesy of a surgeon. “One never is, until one is.”`,
  `“It would be improper in me to express an opinion,” {b} [say|s].
“Then tell me a fact.”
“Facts are what opinions are called when they have been to a good school.” But {b.he} [hesitate|s], and {P} [have] learnt to be quiet when {b.he} [hesitate|s]. “It was colder that night than is remembered,” {b} [say|s]. “You may make of that what you like. I have tried not to.”`,
  `“May I know what you have written?” {b} [ask|s].
{P} [turn] the page so that {b.he} [can] read it. {b.he} [read|s] without haste, and [touch|s] one word with the tip of a finger, not quite arriving on the paper.
“I should have said ‘mislaid’,” {b.he} [say|s].
“I know you would.”`,
  `“There is a chair,” {b} [say|s], indicating {seat}, “and there is the truth of the matter, and I regret that I can offer you only the chair.”
{P} [take] what [be|s] offered. “Who could offer me the other?”
“I have sometimes wondered,” {b.he} [say|s]. And then, after a silence that {b.he} [make|s] no attempt to furnish: “I have hoped that it would not be I.”`,
];
