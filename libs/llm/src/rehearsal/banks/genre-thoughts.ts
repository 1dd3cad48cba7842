import type { GenreKey } from '../story/genre';

/** The weather of a genre: what it makes people notice and fear. */
export const GENRE_THOUGHTS: Record<GenreKey, readonly string[]> = {
  mystery: [
    `An honest record, {P} [have] found, [have|s] blots. {I} [distrust] a page on which nobody [have|s] ever been interrupted.`,
    `Every alibi {I} [have] been given [have|s] the same clock in it. {P} [begin] to wonder about the clock.`,
    `{P} [take] the evening apart again, hour by hour, like a watch. As always there [be|s] one wheel left over, and as always it [go|s] round very nicely by itself.`,
    `{I} [have] three people who [have|p] seen it and no two of them [have|p] stood in the same place. It [be|s] not much. It [be|s] the kind of not much from which one [can] take a bearing.`,
    `A crime [want|s] a person who [gain|s]; {P} [have] been taught that early. Nobody [have|s] taught {me} what to do with one from which everyone [lose|s] a little and nobody [complain|s].`,
  ],
  fantasy: [
    `They [say|p] that an oath [leave|s] a mark, for those who [know|p] how to look. {P} [look]. There [be|s] {light} on {thing}, and a fine dust that [lie|s] in rings, as if something [have|s] been set down there and sworn upon.`,
    `The old wards [be|p] still up: a thread across the corner, a pinch of ash. {P} [step] over them out of politeness. Whatever they [be|p] meant to stop, it [have|s] plainly had them put there.`,
    `Magic, {my} teacher used to say, [be|s] only debt with the dates left off. {P} [feel] the old debt in {core} as one [feel|s] a step in the dark, by its not being there.`,
    `Somewhere a long way below the hearing, the thing under the hill [turn|s] in its sleep. Nobody [look|s] up. They [have|p] all learnt to go on talking.`,
    `There [be|s] a price for knowing, and it [be|s] always the same: one [can|s] not afterwards be one of those who [do|p] not. {P} [have] paid it before, for less.`,
  ],
  'science-fiction': [
    `The figures [agree|p]. That [be|s] the trouble with figures here; they [have|p] been made to agree by people who [have|p] to breathe the result. {P} [run] them again, by hand, with a pencil.`,
    `Somewhere a pump [take|s] up the work of another pump. {P} [have] lived so long with that handing-over that {I} [hear] it as others [hear|p] a clock; and it [be|s] early.`,
    `It [be|s] a long way to anyone who might be asked. Between {me} and them there [be|s] only cold, and a delay, and in the delay one [do|s] what one [have|s] already decided.`,
    `The machine [have|s] no opinion. {P} [have] often found that restful. Now {I} [think] of who [have|s] taught it to have none, and what about.`,
    `Every margin here [have|s] been spent once already. {P} [look] at {thing} and [know] to the gram what it [weigh|s], and who [have|s] gone without so that it should be carried.`,
  ],
  romance: [
    `It [be|s] ridiculous to know a person's step. {P} [know] it all the same, from the other side of anything, and [have] time to arrange {my} face.`,
    `There [be|s] a way of not looking at somebody that [take|s] up the whole of one's attention. {P} [have] become good at it, and it [be|s] wearing {me} out.`,
    `{I} [have] meant to be sensible. {I} [have] got as far as the words. What {P} [have] not reckoned with [be|s] being listened to.`,
    `One [forgive|s] people for what they [do|p], {P} [think]; it [be|s] what they [see|p] one doing that [take|s] longer.`,
    `A thing half said [have|s] a long life. {P} [carry] it about all day, and it [get|s] no heavier, and {I} [do] not put it down.`,
  ],
  literary: [
    `It [be|s] possible to love a place and to want it found out. {P} [have] never met anyone who [have|s] managed to do both to its face.`,
    `What one [remember|s], {P} [think], [be|s] never the thing but the angle of it: where the light stood, and who had just left.`,
    `{P} [have] the sense of having come in on the last line of something, and of everybody's being too well brought up to begin again.`,
    `Families, like rivers, [keep|p] their old names for quite other water. {P} [look] at {thing}, and [try] to believe that it [be|s] the same one.`,
    `There [be|p] griefs that [have|p] furniture in them. {P} [know] better than to sit down.`,
  ],
  horror: [
    `{P} [tell] {myself} that a place [can|s] not listen. It [be|s] then that {sound} [stop|s].`,
    `There [be|p] things that one [check|s] without knowing it: the door, the dark part of the stair, the number of people in the room. {P} [check]. The number [be|s] right the second time.`,
    `It [have|s] been fed, {I} [think], and [do] not know what {I} [mean] by it, and [know] quite well.`,
    `The cold [come|s] from one particular place, as from a person. {P} [turn] {my} back on it, which [be|s] a mistake, and then [can] not turn round, which [be|s] worse.`,
    `Somebody [have|s] been looking after all this. Every hinge [be|s] oiled. {P} [prefer] neglect; neglect never [want|s] anything.`,
  ],
};
