import type { PlaceType } from '../story/lexicon';

/** What is there to be seen, heard and smelt, out of doors. */
export const OPEN_SENSES: Record<Extract<PlaceType, 'water' | 'street' | 'wild'>, readonly string[]> = {
  water: [
    `The water [be|s] the colour of a slate that [have|s] been wiped with a sleeve. It [lift|s] whatever [be|s] moored, an inch, and [let|s] it down, like someone pricing a thing by its weight.`,
    `Sound [carry|s] here. A long way out a man [say|s] a single word to another man, and {P} [hear] it as clearly as if {I} [have] been asked.`,
    `There [be|s] a smell of tar and cold weed, and of something sweeter that {I} [do] not look for. The ropes [creak|p]. They [be|p] never quite still, and never in any hurry.`,
    `A gull [walk|s] along {thing} with its hands behind its back. It [have|s] the air of having been here at the time, and of being prepared, for a consideration, to talk.`,
    `The tide [have|s] left a line of its own along the stones: straw, cork, one child's shoe. {P} [notice] that above it there [be|s] an older line, a good deal higher, that nobody [have|s] scrubbed away.`,
    `{^light} [come|s] off the water and [move|s] on the underside of everything, so that {thing} [seem|s] to be thinking.`,
    `The boards [be|p] wet and [give|p] a little. Between them the dark [go|s] up and down, with a sound like somebody turning the pages of a very large book.`,
    `A bell [ring|s] somewhere out on the flats, not for the hour. {P} [wait] for somebody to say what it [be|s] for. Nobody [appear|s] to have heard it.`,
  ],
  street: [
    `A shutter [go|s] up, and another, and in each there [be|s] for a moment a face that [have|s] been there already. By the third {P} [have] stopped raising {my} hat to them.`,
    `The ground [slope|s], so that water and news [run|p] the same way. {P} [walk] against both. At the pump two women [stop|p] filling a pail until {I} [have] gone by, although it [be|s] full.`,
    `It [have|s] rained, or [be|s] about to. The stones [have|p] that smell; and over it there [be|s] frying, and horses, and bread that somebody [have|s] let catch.`,
    `There [be|s] a bench that [be|s] never empty. Today's old men [look|p] up, [agree|p] on something without moving their lips, and [look|p] down.`,
    `{^light} [have|s] got into the upper windows and not yet into the street. A boy [run|s] past with a loaf under his arm, and [look|s] back, and [walk|s].`,
    `Somebody [be|s] practising the same four bars on a cornet, behind a wall, and failing at the same place. {P} [find] {myself} holding {my} breath for the third bar.`,
    `The notice board [have|s] its layers, like anything that [have|s] been lived on. Someone [have|s] torn a corner from the newest, and under it the same name [be|s] printed, ten years younger.`,
    `A cart [come|s] by with its load sheeted. The carter [nod|s] to {me} as if the two of {them} had an understanding, and {P}, having no idea what, [nod] back.`,
  ],
  wild: [
    `The wind [come|s] always from the one side, and everything that [grow|s] here [lean|s] to tell you which. Only {thing} [stand|s] straight, and [look|s] the stranger for it.`,
    `There [be|s] not a straight line in the place but the ones people made and thought better of. A wall [set|s] out across the slope with great decision, and a hundred yards on [be|s] a row of stones, and then [be|s] stones.`,
    `Something [break|s] cover, low and quick, and the bracken [close|s] over where it was. {P} [stand] with {my} heart going. It [be|s] some time before the bird that [have|s] given the alarm [give|s] it up.`,
    `Water [be|s] going somewhere under the ground, quite near, with a sound like talk in the next room. {P} [stop] to listen; and, as with talk in the next room, it [stop|s] too.`,
    `{^light} [go|s] over the slope in patches, quickly, as if it were looking for something it [have|s] put down. It [find|s] {thing}. It [go|s] on.`,
    `The path [have|s] been made by sheep and improved by nobody. At every fork {P} [take] the one that more feet [have|p] taken, and at every fork it [be|s] the narrower.`,
    `It [smell|s] of cold earth and of last year. Under the leaves the mould [be|s] black and sweet, and in it, when {I} [turn] it with {my} boot, there [be|s] a piece of blue plate.`,
    `A gate [lean|s] where there [be|s] no longer anything to shut in or out. Somebody [have|s] been at the trouble of tying it, and with new string.`,
  ],
};
