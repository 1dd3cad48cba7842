import type { Beat, SceneDesign, Scroll } from '@fiction/contracts';
import { CONFLICTS, SECTION_TITLES, STORY_HOURS } from '../banks/scroll-bank';
import { SeededRandom } from '../language/seeded-random';
import { capitalised, clipLine, inSentence } from '../language/wording';
import { eventsOfKind, readEvent } from '../story/events';
import { viewOf, type ScrollView } from '../story/materials';
import { pronounsOf } from '../story/people';
import { placeOf } from '../story/place';
import { chapterKernel, sagaOf, type Saga } from '../story/saga';
import { sceneShares } from '../story/scene-shares';
import { stateBeat } from '../story/state-beats';

const MAX_BEATS_OF_A_SCENE = 6;

export function composeScroll(material: unknown): Scroll {
  const view = viewOf<ScrollView>(material, { world: [], scenesPerChapter: 1, wordsPerScene: 900 });
  const saga = sagaOf(view.book);
  const shares = cappedShares(view.chapter.beats, view.scenesPerChapter);
  const scenes = shares.map((beats, index) => designScene(view, saga, beats, index));
  return { sections: sectioned(scenes, saga, view.chapter.number) };
}

/** No scene takes more than six beats; what a blueprint has too many of goes into the last beat's text. */
function cappedShares(beats: Beat[], scenes: number): Beat[][] {
  return sceneShares(beats.length, scenes).map(([from, to]) => {
    const share = beats.slice(from, to);
    if (share.length <= MAX_BEATS_OF_A_SCENE) return share;
    const kept = share.slice(0, MAX_BEATS_OF_A_SCENE - 1);
    const rest = share.slice(MAX_BEATS_OF_A_SCENE - 1);
    const mentions = [...new Set(rest.flatMap((beat) => beat.mentions))].slice(0, 4);
    return [...kept, { text: clipLine(rest.map(({ text }) => text).join('; ')), mentions }];
  });
}

function designScene(view: ScrollView, saga: Saga, given: Beat[], index: number): SceneDesign {
  const { chapter, book } = view;
  const random = new SeededRandom(`scroll ${chapter.number} ${index} ${saga.seed}`);
  const pov = chapter.pov;
  const people = view.world.filter(({ type }) => type === 'character').map(({ name }) => name);
  const place = placeIn(given, view) ?? chapter.places[index % chapter.places.length]!;
  const text = given.map((beat) => beat.text).join(' ');
  const company = people.filter((name) => name !== pov && text.includes(name));
  const beats =
    given.length > 0
      ? given
      : [
          smallBeat(
            view,
            saga,
            place,
            people.filter((name) => name !== pov),
            index,
            random,
          ),
        ];
  const present =
    company.length > 0
      ? company
      : people.filter((name) => name !== pov && beats.some((beat) => beat.text.includes(name)));
  const other = present[0];
  const { his } = pronounsOf(pov, book.premise);
  const kernel = chapterKernel(saga, chapter.number, chapter.of);
  return {
    goal: clipLine(goalOf(beats, other, saga, kernel.clue.noun)),
    conflict: clipLine(
      other === undefined
        ? `Nobody is there to ask, and ${random.pick(['the light is going', 'somebody has been before', `${his} own certainty is in the way`])}.`
        : capitalised(random.pick(CONFLICTS).replaceAll('{b}', other).replaceAll('{core}', `the ${saga.core}`)),
    ),
    outcome: clipLine(`${beats.at(-1)!.text.replace(/\.$/, '')}.`),
    pov: clipLine(pov),
    place: clipLine(place),
    storyTime: clipLine(storyTime(chapter.number, index, view.scenesPerChapter)),
    cast: [pov, ...present].slice(0, 12).map(clipLine),
    beats,
    requiredLore: [],
  };
}

function placeIn(beats: Beat[], view: ScrollView): string | undefined {
  const known = [
    ...view.chapter.places,
    ...view.world.filter(({ type }) => type === 'location').map(({ name }) => name),
  ];
  return known.find((name) => beats.some(({ text }) => text.includes(placeOf(name).said)));
}

function goalOf(beats: Beat[], other: string | undefined, saga: Saga, clue: string): string {
  const kinds = beats.map(({ text }) => readEvent(text)?.event.kind);
  if (kinds.includes('ask') && other !== undefined) return `to get a plain answer out of ${other}`;
  if (kinds.includes('learn')) return `to have the truth about the ${saga.core}, whole`;
  if (kinds.includes('find')) return `to see what has been kept out of sight, the ${clue} among it`;
  if (kinds.includes('settle')) return `to come to terms about the ${saga.core} without signing anything`;
  return `to get closer to the ${saga.core} than is allowed`;
}

/** A scene the blueprint has no beat for gets a small one that follows from the others. */
function smallBeat(
  view: ScrollView,
  saga: Saga,
  place: string,
  others: string[],
  index: number,
  random: SeededRandom,
): Beat {
  const kernel = chapterKernel(saga, view.chapter.number, view.chapter.of);
  const fits = eventsOfKind('linger', 'arrive', 'obstacle').filter(
    ({ text }) => others.length > 0 || !text.includes('{b}'),
  );
  return stateBeat(random.pick(fits), {
    pov: view.chapter.pov,
    other: others[index % Math.max(1, others.length)] ?? view.chapter.pov,
    absent: others[(index + 1) % Math.max(1, others.length)] ?? 'somebody',
    place,
    core: saga.core,
    clue: kernel.clue,
    revelation: kernel.revelation,
    premise: view.book.premise,
    firstPerson: view.book.pov === 'first',
  });
}

const ORDINALS = ['first', 'second', 'third', 'fourth', 'fifth', 'sixth', 'seventh', 'eighth', 'ninth', 'tenth'];

function storyTime(chapter: number, scene: number, scenes: number): string {
  const hour = STORY_HOURS[Math.min(STORY_HOURS.length - 1, Math.floor((scene / scenes) * STORY_HOURS.length))]!;
  const day = ORDINALS[chapter - 1];
  return day === undefined ? `day ${chapter}, ${hour}` : `the ${day} day, ${hour}`;
}

/** One section up to three scenes, then thirds: what comes in, what it meets, what becomes of it. */
function sectioned(scenes: SceneDesign[], saga: Saga, chapter: number): Scroll['sections'] {
  const count = scenes.length <= 3 ? 1 : Math.min(3, Math.ceil(scenes.length / 3));
  const random = new SeededRandom(`sections ${chapter} ${saga.seed}`);
  const titles = SECTION_TITLES.map((list) => random.pick(list));
  return sceneShares(scenes.length, count).map(([from, to], index) => ({
    title: clipLine(count === 1 ? capitalised(inSentence(scenes[0]!.place)) : titles[index]!),
    scenes: scenes.slice(from, to),
  }));
}
