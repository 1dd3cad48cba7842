/** Talk that suits anybody. */
export const ANY_EXCHANGES: readonly string[] = [
  `“What do you see?” {b} [ask|s].
“A thing that has been put back.”
“Everything has been put back,” {b} [say|s]. “That is how one knows there are people.”`,
  `“Does anyone else come here?” {P} [ask].
“Not to look.”
“What for, then?”
{b} [tilt|s] {b.his} head toward {thing}. “To be seen not looking.”`,
  `“I could have you sent away,” {b} [say|s].
“You could.”
{^they} [listen|p] for a moment to {sound}, as people [listen|p] for a verdict from another room.
“It would only bring the next one,” {b} [say|s], “and I have got used to your boots.”`,
  `“That was badly done,” {P} [say].
“It was done in the dark.”
“By whom?”
“By everyone,” {b} [say|s], “one at a time.”`,
  `“Have you ever touched it?” {I} [ask]. {I} [mean] {core}.
{b} [look|s] down at {b.his} hands as if they might have done it without telling {b.him}. “Once,” {b.he} [say|s]. “It was warmer than I expected. I took my hand away as one takes it from somebody's child.”`,
  `“Why now?” {b} [ask|s]. “It has been as it is for years.”
“Somebody sent me a number that did not add up.”
“And you came all this way for a number.”
{P} [say] that {I} [have] come further for less.`,
  `“There's a name you haven't mentioned,” {P} [say].
“There are any number.”
“This one you step over. You do it very gracefully; I have been admiring it.”
{b} [be|s] silent. Then, being {b.himself}, {b.he} [step|s] over it again.`,
  `“If I tell you,” {b} [say|s], “you will have to do something about it.”
“Probably.”
“And if I don't, I shall.”
It [be|s] as fair a statement of the case as {P} [have] heard from either side, and {I} [tell] {b.him} so.`,
  `“You've stopped writing,” {b} [say|s].
“I am listening.”
“That's worse.” But {b.he} [go|s] on, and what {b.he} [say|s] after that {b.he} [say|s] more slowly, with care, like a person laying a table in a house where somebody [be|s] ill.`,
  `“Let me see that,” {b} [say|s], and [hold|s] out a hand for {clue}.
{P} [let] {b.him} see it without letting go.
“So that is what became of it,” {b} [say|s]. {b.he} [do|s] not say of what; and {I} [do] not ask, because {b.his} face [be|s] busy answering something else.`,
  `“Nobody is accusing you,” {P} [say].
“No,” {b} [say|s]. “I had noticed that. I lie awake waiting for it.”`,
  `“Is it always like this here?” {I} [ask]. There [be|s] {sound} again.
“Like what?”
“As if everyone had just stopped talking.”
“Only since you came,” {b} [say|s]. “Before that we had nothing to stop.”`,
  `“You should know that I liked them,” {b} [say|s]. “Whatever it turns out they did.”
“All of them?”
“It's a small place. One can't be choosing.”
{P} [think] that it [be|s] both a reason and an alibi, and that {b} [know|s] it.`,
  `“I shall have to ask you again tomorrow,” {P} [say].
“I'll be here.” {b} [put|s] out a finger and [straighten|s] {item}, which [have|s] been straight. “I'm always here. It has been remarked on.”`,
  `“What would you do, if it were yours to decide?” {P} [ask].
“I'd wait till everyone who minds was dead,” {b} [say|s], “and then I would tell it to the children as a story.”
“And in the story?”
“In the story somebody comes,” {b} [say|s], “and asks.”`,
  `“Did it never occur to you to say something?” {P} [ask].
“Every day, about four o'clock.” {b} [smile|s] at {thing}. “It passes off by supper.”`,
  `“We used to be friends, you know, all of us,” {b} [say|s].
“What happened?”
“Nothing happened. That's what it was. Something was going to, and we all saw to it that it didn't.” And {b.he} [look|s], for the first time, in the direction of {core}.`,
  `“Careful,” {b} [say|s], a moment too late.
{P} [have] brushed against {item}; it [rock|s], and [settle|s].
“It always does that,” {b} [say|s]. “Things here will put up with a good deal. It's as well to know how much.”`,
  `“Were you ever in love?” {b} [ask|s], out of nothing.
{P} [say] that {I} [do] not see what that [have|s] to do with {core}.
“No,” {b} [say|s]. “You wouldn't, if you hadn't been.”`,
  `“You count under your breath,” {b} [say|s]. “Did you know?”
“I've been told.”
“What do you get to?”
{P} [have] never before been asked. “It depends who's talking,” {I} [say].`,
  `“Suppose it had been you,” {b} [say|s]. “That night. In the doorway.”
“I should have said something.”
“To whom?” {b} [say|s]. “That's where they all stop, you know. They'd all have said something.”`,
  `“It isn't a secret,” {b} [say|s]. “It's only that nobody's ever said it.”
“What would you call that?”
{b} [think|s]. “Manners,” {b.he} [say|s].`,
  `{P} [ask] who {core} really [belong|s] to.
“Well, there's who it was given to, and who looks after it, and who it would kill to lose it,” {b} [say|s]. “I don't know that there's a word for all three.”
“And they're different people?”
“They don't speak,” {b} [say|s].`,
  `“If you'd only come last year,” {b} [say|s].
“What was last year?”
“I'd made up my mind to tell somebody, last year. I had a day fixed.” {b.he} [look|s] at {thing}. “It rained.”`,
  `“What do you do it for?” {b} [ask|s]. “The truth. It can't be the pay.”
“Somebody has to know where things are,” {P} [say].
It [be|s] what {I} always [say]. For the first time it [sound|s] like a thing that one could be sorry for.`,
  `“There was another like you,” {b} [say|s]. “Years back. Same shoes.”
“What became of him?”
“He got fond of the place,” {b} [say|s], and [leave|s] it at that; and {P}, who [have] not until then thought of it as a danger, [draw] in {my} feet.`,
  `“I've a good mind to tell you,” {b} [say|s].
“Then tell me.”
“It's a good mind,” {b} [say|s]. “It's not in charge.”`,
  `“Don't write that down.”
{P} [put] the pencil away.
“Now I can't remember what I was going to say,” {b} [say|s], and it [be|s] perfectly true, and {they} [sit|p] there for some time, both of {them}, looking for it.`,
  `“Does it frighten you?” {P} [ask].
“{^core}? No.” {b} [move|s] {item} from one side of {b.him} to the other. “It frightens me how I don't think of it. Whole days. And then I catch myself going round it on the stairs.”`,
  `“How do you sleep?” {I} [ask], and [mean] it as one [mean|s] such things.
“On my left side,” {b} [say|s], “with my back to it.”`,
  `“You're good at this,” {b} [say|s].
“I'm only slow.”
“That's what I mean. The quick ones, we could always send on to the next thing.”`,
  `“Would you know it again?” {P} [ask]. “The voice?”
“I'd know it anywhere,” {b} [say|s]. “I hear it every day. It asks me for the salt.”`,
  `“What's the worst it could be?” {b} [ask|s].
{P} [consider] telling {b.him}.
“No,” {b} [say|s], watching {my} face. “I'd only thought of the second worst.”`,
  `“I used to think that somebody was in charge of it,” {b} [say|s]. “Up there somewhere. With a list.”
“And now?”
“Now I think it's us,” {b} [say|s], “and there's no list.”`,
  `“They'll thank you in the end,” {P} [say], not because {I} [believe] it.
“Who will?”
{P} [look] for somebody to name. There [be|s] {sound}. “Somebody's children,” {I} [say].`,
  `“If I were to leave that door on the latch tonight,” {b} [say|s], “it'd be through forgetfulness.”
“You don't forget things.”
“No,” {b} [say|s]. “It'll be the talk of the place.”`,
  `“Tell me one thing that's certain,” {P} [say]. “I don't mind how small.”
{b} [go|s] through {b.his} pockets, as if it might be there. “Tuesdays,” {b.he} [say|s] at last. “We've always had Tuesdays.”`,
];
