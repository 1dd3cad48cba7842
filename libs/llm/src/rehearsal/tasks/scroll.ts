import type { Beat, SceneDesign, Scroll } from '@fiction/contracts';
import { BEAT_KINDS, type BeatKind, type StoryEvent } from '../banks/event-types';
import { CONFLICTS, SECTION_TITLES, SOLITARY_CONFLICTS, STORY_HOURS } from '../banks/scroll-bank';
import { SeededRandom } from '../language/seeded-random';
import { shuffledOrder } from '../language/shuffled-order';
import { capitalised, clipLine, containsPhrase, inSentence } from '../language/wording';
import { eventsOfKind, readEvent } from '../story/events';
import { viewOf, type ScrollView } from '../story/materials';
import { shortName } from '../story/people';
import { placeOf } from '../story/place';
import { chapterKernel, sagaOf, type Saga } from '../story/saga';
import { beatsOfScene, sceneShares } from '../story/scene-shares';
import { stateBeat } from '../story/state-beats';

const MAX_BEATS_OF_A_SCENE = 6;

interface SceneRequest {
  view: ScrollView;
  saga: Saga;
  /** The blueprint's beats that fall to this scene. */
  given: Beat[];
  /** Counted from 0 within the chapter. */
  index: number;
  random: SeededRandom;
}

export function composeScroll(material: unknown): Scroll {
  const view = viewOf<ScrollView>(material, { world: [], scenesPerChapter: 1, wordsPerScene: 900 });
  const saga = sagaOf(view.book);
  const { number } = view.chapter;
  const scenes = cappedShares(view.chapter.beats, view.scenesPerChapter).map((given, index) => {
    const random = new SeededRandom(`scroll ${number} ${index} ${saga.seed}`);
    return designScene({ view, saga, given, index, random });
  });
  return { sections: sectioned(scenes, saga, number) };
}

/** No scene takes more than six beats: what a blueprint has too many of is drawn together in the last. */
function cappedShares(beats: Beat[], scenes: number): Beat[][] {
  return sceneShares(beats.length, scenes).map(([from, to]) => {
    const share = beats.slice(from, to);
    if (share.length <= MAX_BEATS_OF_A_SCENE) return share;
    const rest = share.slice(MAX_BEATS_OF_A_SCENE - 1);
    const mentions = [...new Set(rest.flatMap((beat) => beat.mentions))].slice(0, 4);
    return [
      ...share.slice(0, MAX_BEATS_OF_A_SCENE - 1),
      { text: clipLine(rest.map(({ text }) => text).join('; ')), mentions },
    ];
  });
}

function designScene(request: SceneRequest): SceneDesign {
  const { view, saga, given, index, random } = request;
  const { pov, places, number } = view.chapter;
  const people = view.world.filter(({ type }) => type === 'character').map(({ name }) => name);
  const others = people.filter((name) => name !== pov);
  const place = placeIn(given, view) ?? places[index % places.length]!;
  const named = others.filter((name) => given.some((beat) => isNamed(name, beat)));
  const company = named.length > 0 ? named : others.slice(0, 0);
  const partner = company[0] ?? others[(number + index) % Math.max(1, others.length)];
  const beats = withSmallBeats(request, place, partner);
  const present =
    partner !== undefined && beats.some((beat) => isNamed(partner, beat))
      ? [...new Set([partner, ...company])]
      : company;
  const conflicts = present.length > 0 ? CONFLICTS : SOLITARY_CONFLICTS;
  return {
    goal: clipLine(goalOf(beats, present[0], saga)),
    conflict: clipLine(
      capitalised(
        random
          .pick(conflicts)
          .replaceAll('{b}', present[0] ?? '')
          .replaceAll('{core}', `the ${saga.core}`),
      ),
    ),
    outcome: clipLine(`${beats.at(-1)!.text.replace(/\.$/, '')}.`),
    pov: clipLine(pov),
    place: clipLine(place),
    storyTime: clipLine(storyTime(number, index, view.scenesPerChapter)),
    cast: [pov, ...present].slice(0, 12).map(clipLine),
    beats,
    requiredLore: [],
  };
}

const isNamed = (name: string, { text, mentions }: Beat): boolean =>
  containsPhrase(text, name) || mentions.some((mention) => mention === name || mention === shortName(name));

function placeIn(beats: Beat[], view: ScrollView): string | undefined {
  const known = [
    ...view.chapter.places,
    ...view.world.filter(({ type }) => type === 'location').map(({ name }) => name),
  ];
  return known.find((name) => beats.some(({ text }) => text.includes(placeOf(name, view.book.premise).said)));
}

function goalOf(beats: Beat[], other: string | undefined, saga: Saga): string {
  const kinds = beats.map(({ text }) => readEvent(text)?.event.kind);
  if (kinds.includes('learn')) return `to have the truth about the ${saga.core}, whole`;
  if (kinds.includes('ask') && other !== undefined) return `to get a plain answer out of ${other}`;
  if (kinds.includes('pay')) return 'to make one thing at last agree with another';
  if (kinds.includes('find')) return 'to see for once the things kept out of sight';
  if (kinds.includes('settle')) return `to come to terms about the ${saga.core} without signing anything`;
  return `to get closer to the ${saga.core} than is allowed`;
}

const SMALL: readonly BeatKind[] = ['linger', 'obstacle', 'ask', 'settle'];

/** A scene with fewer beats than its length can play gets small ones of its own, each where its kind belongs. */
function withSmallBeats(
  { view, saga, given, index }: SceneRequest,
  place: string,
  partner: string | undefined,
): Beat[] {
  const wanted = Math.max(1, Math.min(4, beatsOfScene(view.wordsPerScene)));
  const kernel = chapterKernel(saga, view.chapter.number, view.chapter.of);
  const facts = {
    pov: view.chapter.pov,
    other: partner ?? view.chapter.pov,
    absent: 'somebody',
    place,
    core: saga.core,
    clue: kernel.clue,
    revelation: kernel.revelation,
    premise: view.book.premise,
    firstPerson: view.book.pov === 'first',
  };
  const told = new Set(view.chapter.beats.map(({ text }) => readEvent(text)?.event.id));
  const ordinal = (view.chapter.number - 1) * view.scenesPerChapter + index;
  const small = smallEvents(saga, ordinal * wanted)
    .filter(({ text }) => partner !== undefined || !/\{b[.}]/.test(text))
    .sort((a, b) => Number(told.has(a.id)) - Number(told.has(b.id)))
    .filter(({ id }) => !given.some(({ text }) => readEvent(text)?.event.id === id));
  const start =
    given.length === 0 && index === 0 ? eventsOfKind('arrive').filter(({ id }) => id === 'arrive-alone') : [];
  const added = [...start, ...small].slice(0, Math.max(0, wanted - given.length));
  const beats = [
    ...given.map((beat) => ({ beat, rank: rankOf(beat) })),
    ...added.map((event) => ({ beat: stateBeat(event, facts), rank: BEAT_KINDS.indexOf(event.kind) })),
  ];
  return beats.sort((a, b) => a.rank - b.rank).map(({ beat }) => beat);
}

/** In the book's own order, from a place on that no scene nearby begins at. */
function smallEvents(saga: Saga, from: number): StoryEvent[] {
  const events = eventsOfKind(...SMALL);
  const order = shuffledOrder(`small ${saga.seed}`, events.length);
  return order.map((_, index) => events[order[(from + index) % order.length]!]!);
}

/** A beat of unknown kind keeps its place among those of a blueprint that this model did not write. */
function rankOf({ text }: Beat): number {
  const kind = readEvent(text)?.event.kind;
  return kind === undefined ? BEAT_KINDS.indexOf('find') : BEAT_KINDS.indexOf(kind);
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
