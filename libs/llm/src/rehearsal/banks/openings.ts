/** First paragraphs, for any place: where, when, and something slightly wrong. */
export const OPENINGS: readonly string[] = [
  `{^light} [have|s] got as far as {thing} and [stop|s] there. {P} [notice] that first, {at}, and then {sound}, and then that {I} [have] been holding {my} breath.`,
  `Nobody [be|s] expected {at} at that hour, and so everything [be|s] as it [be|s]: {item} where it [belong|s], {light} on it, {sound} at its proper distance. {P} [stand] still until {I} [have] stopped arriving.`,
  `The first thing about {place} [be|s] the smell, which [be|s] of {smell}. The second [be|s] that someone [have|s] tried to cover it.`,
  `There [be|s] {sound}. It [come|s] again while {P} [be] still telling {myself} that it would not.`,
  `{^place} [have|s] {light} to itself, and [do|s] not look as if it [want|s] company. {P} [give] it a moment to get used to the idea.`,
  `It [have|s] not been a good day for questions, and what [be|s] left of it [be|s] {light}, {sound}, and {place}.`,
  `On {surface} somebody [have|s] left a single glove, palm up. {P} [go] round it. {I} [have] been {at} for less than a minute, and already there [be|s] something {I} [be] not picking up.`,
  `Later {P} [will] say that {I} [have] known at once. In fact what {I} [think], {at}, with the smell of {smell} about {me} and {light} in {my} eyes, [be|s] that {my} left boot [let|s] in water.`,
  `“Mind the step,” somebody [have|s] written up, {at}, where there [be|s] no step. {P} [mind] it all the same.`,
  `Twice that day {I} [have] been told to keep away from {place}, and both times so politely that {P} [have] had to ask the way.`,
  `{^place} [look|s] as a room [look|s] when the talk in it [have|s] just been about oneself. {P} [wish] it good day.`,
  `{^seat}, {thing}, the smell of {smell}: {P} [go] through it like a person counting change. It [be|s] all there. It [be|s], if anything, a little over.`,
  `There [be|s] time, {P} [reckon], for one mistake before dark, and {I} [have] it in mind to make it {at}.`,
  `Of all the hours to choose, it [have|s] to be this one, with {light} on everything and {sound} for company, when {place} [look|s] most like the truth.`,
  `{P} [have] meant to come to {place} with an open mind. {I} [bring] instead a wet coat, a question, and a strong dislike of {smell}.`,
  `There [be|p] places that [know|p] when they [be|p] being lied about. {^place}, with {light} on it, [have|s] the look of one.`,
  `The way to see {place}, {P} [have] been told, [be|s] with somebody who [belong|s] there. {I} [have] nobody. {I} [have] {sound}, and {light}, and the use of {my} eyes.`,
  `By then {P} could have drawn {place} in the dark: {thing}, {item}, the draught, the smell of {smell}. It [be|s] the people {I} [keep] having to rub out.`,
];

/** Last paragraphs: nothing explained, something still moving. */
export const CLOSINGS: readonly string[] = [
  `Behind {me} there [be|s] {sound}. {P} [do] not turn round. Whatever it [be|s], it [can] wait until {I} [have] a name for it.`,
  `{^light} [move|s] off {thing} at last. {P} [count] what {I} [be] taking away with {me}, and it [be|s] one thing, and it [be|s] enough to be going on with.`,
  `When {I} [look] down, {my} hand [be|s] shut on {clue}, so hard that it [have|s] left its shape there. {P} [open] the fingers one by one.`,
  `Somewhere a clock [strike|s] the wrong hour, with great conviction.`,
  `Nobody [call|s] {me} back. {P} [have] half a mind to go back and ask why.`,
  `It [begin|s] to rain, a few drops, the kind that [have|p] not decided. {P} [turn] up {my} collar and [let] them think it over.`,
  `The last thing {I} [see] [be|s] {thing}, with {light} on it, looking like a thing that [have|s] never in its life been moved.`,
  `{P} [write] down the hour. Then, since that at least [be|s] certain, {I} [write] it down again.`,
  `There [be|s] {sound}, and after it the particular quiet of a place in which several people [have|p] stopped listening at the same time.`,
  `{I} [find] that {I} [have] been walking for some time in the wrong direction, and that it [be|s], as far as {P} [can] tell, the shorter way.`,
  `From a window a child [look|s] out at {me}, gravely, and [put|s] one finger to its lips. {P} [nod]. It [be|s] the only clear instruction {I} [have] had.`,
  `{P} [pat] the pocket where {clue} [be|s]. It [be|s] there. {I} [have] not really thought that it would not be.`,
  `“Tomorrow,” {P} [say], to nobody, in the tone in which one [promise|s] a dog.`,
  `And all the while, {P} [realise], without once leaving off, there [have|s] been {sound}.`,
  `{P} [do] not sleep. Toward morning {I} [get] up and [write] a single word on the window, with a finger, and [watch] it run.`,
  `A long way off somebody [laugh|s], and [stop|s], as if a hand had been laid on their arm.`,
  `There [be|s] a light still burning where there should be none. {P} [count] the windows twice, to be sure whose it [be|s], and [be] sure, and [wish] that {I} were not.`,
  `That [be|s] all. It [be|s] only when {P} [come] to fold up the paper that {I} [see] there [be|s] writing on the other side.`,
];

/** Last paragraphs of a book. */
export const FINAL_CLOSINGS: readonly string[] = [
  `{P} [write] the last line of it that night, in ink, and [blot] it, and [sit] looking at the blotter, where it [say|s] the same thing the other way round.`,
  `There [be|s] {sound}. For the first time since {I} came, {P} [do] not ask what it [mean|s].`,
  `Of {core} {P} [say] nothing, then or afterwards, unless {I} [be] asked; and {I} [be] seldom asked; and {I} [have] never yet given quite the same answer.`,
  `{^light} [go|s] off {thing}, as it [have|s] every day, and this time {P} [let] it.`,
];

/** How the other person comes into a scene that the point-of-view person has begun alone. */
export const ENTRANCES: readonly string[] = [
  `It [be|s] some minutes before {I} [see] that {b} [be|s] there, so still, and so much the colour of everything else, that {P} [have] looked at {b.him} twice already as at a piece of the place.`,
  `Then there [be|p] steps, not hurried, and {b}. “They told me you would be here,” {b.he} [say|s]. {P} [ask] who “they” [be|p]. “Oh,” {b} [say|s], “they generally do.”`,
  `“Don't mind me,” {b} [say|s], from behind {me}; and {P}, who [=had not known/did not know] that there was anyone to mind, [take] a moment before turning round.`,
  `{P} [hear] {b} before {I} [see] {b.him}: a cough, a step, a second cough, like a person knocking at a door that [be|s] open.`,
  `{b} [come|s] in with something under {b.his} arm, [see|s] {me}, and [look|s] for one clear instant like anybody. Then {b.he} [be|s] {b} again.`,
  `When {I} [look] up, {b} [be|s] sitting on {seat}. {P} [do] not give {b.him} the satisfaction of asking how long.`,
  `The light [alter|s]; that [be|s] how {P} [know]. {b} [have|s] a way of arriving in a place as the evening [do|s].`,
  `“You'll have seen all there is, then,” somebody [say|s], and it [be|s] {b}, wiping {b.his} boots with great thoroughness on nothing at all.`,
  `It [be|s] to {sound} that {b} [come|s] in, so exactly together with it that {P} [wonder] ever after which of the two it [have|s] been.`,
  `{P} [turn], and there [be|s] {b}, at about the distance from which one [watch|s] a horse one [may|s] be going to buy.`,
];

/** Who tells the story is called by name now and then; nobody else would say it. `{name}` in full, `{called}` in short. */
export const NAMINGS: readonly string[] = [
  `“{name},” {b} [say|s], the whole of it, as if there [be|p] others of {me} to be told apart.`,
  `“It's {called}, isn't it?” {b} [say|s], who [know|s] that perfectly well.`,
  `{b} [have|s] a way of saying “{called}” that [make|s] it sound like the second half of a sentence.`,
  `“There you are, {called},” {b} [say|s], as of a thing that [have|s] been down the back of a chair.`,
  `“You'll be {name},” somebody [=had told me/has told me] on {my} first day here, and nothing that anyone [have|s] told {me} since [have|s] settled it so well.`,
  `On the list by the door there [be|s] one line for {me}: {name}, and after it a space for the hour, which nobody [=had filled in/has filled in].`,
  `“{called}.” {b} [put|s] it down between {them} like a cup that [be|s] too full.`,
  `“And {name} says so,” {b} [say|s], to try how it [sound|s] with the name to it.`,
  `{b} [call|s] {me} {called} twice in one breath, as {b.he} [do|s] when {b.he} [be|s] about to ask for something.`,
  `“Write it down, then: {name}, present,” {b} [say|s]; and {P} [have] to laugh, and [do].`,
  `It [take|s] {me} a moment to hear that {b} [have|s] said “{called}”, and another to find that {P} [be] standing up.`,
  `“{called},” {b} [say|s], “you are doing the thing with your face.” {P} [do] not ask which thing.`,
];
