/** Talk with somebody who feeds people. */
export const WARM_EXCHANGES: readonly string[] = [
  `“You look like something the tide had second thoughts about,” {b} [say|s]. “When did you last sleep?”
{P} [have] to think. That [be|s] answer enough.
“There, then. You can be clever tomorrow.” {b} [push|s] something hot across to {me}. “{core} has waited all these years. It can wait till you've had your soup.”`,
  `“I'll tell you what I tell the children,” {b} [say|s]. “Some doors are shut because of what's behind them, and some because of who's in front.”
“And which is this?”
{b.he} [pat|s] {item} as if it were a horse. “That's what the children ask,” {b.he} [say|s].`,
  `“He was a good boy,” {b} [say|s]. “They were all of them good boys. It's the sum of them that went wrong.”
{P} [wait]. One [learn|s], with {b}, to wait until the kindness [run|s] out and the fact [be|s] left standing in it.
“I washed the shirt,” {b.he} [say|s] at last. “Nobody ever asks about the shirt.”`,
  `“Are you cross with me?” {b} [ask|s].
“Not yet,” {P} [say].
“You will be.” {b.he} [say|s] it without any alarm, while folding a cloth in three. “I'd rather you had it from me, and were cross, than had it from somebody who'd enjoy it.”`,
  `“You never told me you knew about {core},” {P} [say].
“You never asked me anything I could say yes to, my love.” {b} [brush|s] a crumb off {surface}. “I was waiting for you to get to the end of the clever questions. I thought there'd be fewer.”`,
  `“Sit by me a minute,” {b} [say|s], “and don't look as if you were taking it down.”
{P} [sit]. {I} [do] {my} best with {my} face.
“We were frightened,” {b} [say|s]. “That's all it ever was. You'll hear it called other things, by people who were frightened too.”`,
  `“And what will you do with it, when you have it all?” {b} [want|s] to know.
“Hand it in.”
“To somebody who never smelt the place.” {b.he} [shake|s] {b.his} head slowly, more in wonder than in blame. “Well. I suppose somebody has to be fair. I'd never have had the time.”`,
  `“You may as well have this,” {b} [say|s], and what {b.he} [mean|s] [be|s] not the cup. “I saw who carried it. I was at the window; I'm always at the window, my hip won't let me lie.”
“Who?”
“Someone crying,” {b} [say|s]. “So I didn't look any more. You don't, do you?”`,
  `“Don't you ever get tired of being nice to people?” {P} [ask], because it [be|s] late and {I} [be] tired of nearly everything.
{b} [think|s] it over honestly. “I was horrible once,” {b.he} [say|s], “for most of a winter. It was a great deal more work.”`,
];

/** Talk with somebody who has three words for one. */
export const VOLUBLE_EXCHANGES: readonly string[] = [
  `“Now that,” {b} [say|s], “is a question with whiskers. I was asked it in a barber's once, and I gave a different answer, and I got a shave for nothing.”
“What was the answer?”
“Oh, I couldn't do it without the lather.” But {b.his} eyes [have|p] gone, for a bare second, to {thing}.`,
  `“I'm not one to talk,” {b} [say|s], and [do|s]. It [go|s] by way of an aunt, two lawsuits and a goose. {P} [hold] on to {core} through all of it as one [hold|s] on to a hat.
“And where was {core}, while the goose was in the well?” {I} [ask].
{b} [stop|s]. “You've been listening,” {b.he} [say|s], rather hurt.`,
  `“Who told you that? No, don't say, I know who, it's got their fingermarks on it.” {b} [settle|s] on {seat}. “There's a better version. It costs more.”
“I'm not buying.”
“Everybody's buying,” {b} [say|s]. “You only look so poor because you pay in advance.”`,
  `“Say it in one sentence,” {P} [say].
“One? Including the weather?”
“Without the weather.”
{b} [open|s] {b.his} mouth, and [shut|s] it, and [look|s] for the first time like a person with something to lose. “We all saw it,” {b.he} [say|s]. “There. It's a poor thing, isn't it, without the weather.”`,
  `“You'll laugh,” {b} [promise|s], and {b.he} [begin|s] on the night in question from the wrong end, with the hangovers.
{P} [do] not laugh. {I} [be] counting. “That makes six at table,” {I} [say]. “You told me five.”
“Did I? Well, one of them hardly ate,” {b} [say|s], and [have|s], very suddenly, to see to something elsewhere.`,
  `“I've an excellent memory,” {b} [say|s]. “It's only that it's generous.”
“Is it being generous now?”
“A little. Round the edges.” {b.he} [run|s] a thumb along {thing}. “In the middle it's as true as I dare. That's more than you'd get from the honest ones; they haven't looked.”`,
  `“There are only two stories about {core},” {b} [say|s], “and I invented one of them.”
“Which?”
“I've told it so well, and so often, that I'd have to ask.” {b} [laugh|s]; and then {b.he} [do|s] not laugh. “No,” {b.he} [say|s]. “That's not so. I know perfectly well which.”`,
  `“Everybody talks to me,” {b} [say|s]. “It's because I never seem to be attending.”
{P} [say] that {I} [have] noticed.
“You notice; that's your trouble. I only remember.” And {b.he} [repeat|s], word for word and in {my} own voice, something that {P} [have] said to somebody else, two days before, in what {I} [have] taken for an empty room.`,
  `“If you print any of this, I shall deny it, beautifully,” {b} [say|s].
“I'm not going to print it.”
“Oh.” {b.he} [seem|s] a trifle dashed. “Not any of it? I'd thought at least the part with the ladder.”
There [have|s] been, up to then, no ladder. {P} [ask] about the ladder.`,
];
