import type { Beat, Blueprint } from '@fiction/contracts';
import { CHAPTER_ARCS } from '../banks/chapter-arcs';
import type { StoryEvent } from '../banks/event-types';
import { SeededRandom } from '../language/seeded-random';
import { capitalised, clip, clipLine, inSentence } from '../language/wording';
import { readClue, type Clue } from '../story/clue';
import { eventsOfKind } from '../story/events';
import { viewOf, type BlueprintView } from '../story/materials';
import { castOf, chapterKernel, longClueOf, sagaOf, type ChapterKernel, type Saga } from '../story/saga';
import { sceneShares } from '../story/scene-shares';
import { slotsOf } from '../language/template';
import { stateBeat, type BeatFacts } from '../story/state-beats';

interface Chapter {
  view: BlueprintView;
  saga: Saga;
  kernel: ChapterKernel;
  random: SeededRandom;
  pov: string;
  others: string[];
  paid: Clue[];
  planted: Clue[];
}

export function composeBlueprint(material: unknown): Blueprint {
  const view = viewOf<BlueprintView>(material, { cast: [], known: [], scenesPerChapter: 3, wordsPerScene: 900 });
  const chapter = prepare(view);
  const beats = chapterBeats(chapter);
  const { paid, planted, kernel } = chapter;
  return {
    title: clipLine(view.chapter.title),
    synopsis: synopsis(chapter, beats),
    beats,
    plants: planted.map(({ full }) => clipLine(full)),
    payoffs: paid.map(({ full }) => clipLine(full)),
    requiredLore: requiredLore(view, kernel),
  };
}

function prepare(view: BlueprintView): Chapter {
  const saga = sagaOf(view.book);
  const { number, of } = view.chapter;
  const kernel = chapterKernel(saga, number, of);
  const names = (view.cast.length > 0 ? view.cast : castOf(saga, [])).map(({ name }) => name);
  const pov = view.chapter.pov || names[0]!;
  const named = names.filter((name) => name !== pov && view.chapter.summary.includes(name));
  const others = [...named, ...names.filter((name) => name !== pov && !named.includes(name))];
  const earlier = (view.previous?.plants ?? []).map(readClue);
  const long = longClueOf(saga);
  const isLong = (clue: Clue): boolean => clue.full === long.full;
  return {
    view,
    saga,
    kernel,
    random: new SeededRandom(`blueprint ${number} ${saga.seed}`),
    pov,
    others,
    paid: of === 1 ? [kernel.clue] : earlier.filter((clue) => kernel.isLast || !isLong(clue)).slice(0, 4),
    planted:
      of === 1
        ? [kernel.clue]
        : kernel.isLast
          ? []
          : [kernel.clue, ...(number === 1 ? [long] : earlier.filter(isLong)).slice(0, 1)],
  };
}

/** Beats per scene, as the prompt asks for them; the scroll will deal them out the same way. */
function beatCount(view: BlueprintView): number {
  const perScene = view.wordsPerScene < 150 ? 1 : view.wordsPerScene < 500 ? 2 : 3;
  return Math.min(16, Math.max(2, view.scenesPerChapter * perScene));
}

function chapterBeats(chapter: Chapter): Beat[] {
  const { view, random } = chapter;
  const total = beatCount(view);
  const wanted = wantedEvents(chapter, total);
  const shares = sceneShares(wanted.length, view.scenesPerChapter);
  const places = view.chapter.places;
  const beats: Beat[] = [];
  shares.forEach(([from, to], scene) => {
    const other = chapter.others[scene % Math.max(1, Math.min(2, chapter.others.length))] ?? chapter.pov;
    const place = places[scene % places.length]!;
    for (const { event, clue } of wanted.slice(from, to)) {
      beats.push(stateBeat(event, factsOf(chapter, other, place, clue ?? chapter.kernel.clue)));
    }
  });
  void random;
  return beats;
}

interface WantedEvent {
  event: StoryEvent;
  clue?: Clue;
}

/**
 * The chapter's event line. What must happen (arrive, plant, pay off, learn, leave) keeps its place in the order; the
 * arc's own events and then any others fill the room between.
 */
function wantedEvents(chapter: Chapter, total: number): WantedEvent[] {
  const { planted, paid, random, view } = chapter;
  const solo = chapter.others.length === 0;
  const fits = (event: StoryEvent): boolean =>
    !solo || !slotsOf(event.text).some((slot) => slot === 'b' || slot.startsWith('b.'));
  const pool = (...kinds: Parameters<typeof eventsOfKind>): StoryEvent[] =>
    random.shuffled(eventsOfKind(...kinds).filter(fits));
  const finds = pool('find').filter(({ text }) => text.includes('{clue'));
  const pays = pool('learn').filter(({ text }) => text.includes('{pay}'));
  const learns = pool('learn').filter(({ text }) => text.includes('{answer}'));
  const plants = planted.map((clue, index) => ({ event: finds[index % finds.length]!, clue }));
  const payoffs = paid.map((clue, index) => ({ event: pays[index % pays.length]!, clue }));
  const turn: WantedEvent = { event: learns[0]! };
  const must = [...plants, ...payoffs];
  if (total <= must.length) return orderedByNeed(must, turn, total);
  if (total === must.length + 1) return [...must, turn];
  const arrival: WantedEvent = { event: pool('arrive')[0]! };
  const departure: WantedEvent = { event: pool('leave')[0]! };
  const arc = CHAPTER_ARCS.find(({ titles }) => titles.includes(view.chapter.title));
  void arc;
  const room = Math.max(0, total - must.length - 2 - (total > must.length + 3 ? 1 : 0));
  const press = pool('ask', 'obstacle', 'settle', 'linger', 'arrive').filter((event) => event !== arrival.event);
  const filler = Array.from({ length: room }, (_, index): WantedEvent => ({ event: press[index % press.length]! }));
  const middle = interleaved(filler, [...payoffs, ...plants.slice(1)]);
  const closing = total > must.length + 3 ? [turn, departure] : [turn];
  return [arrival, ...plants.slice(0, 1), ...middle, ...closing].slice(0, total);
}

function orderedByNeed(must: WantedEvent[], turn: WantedEvent, total: number): WantedEvent[] {
  return total < 2 ? must.slice(0, total) : [...must.slice(0, total - 1), turn];
}

function interleaved<T>(many: readonly T[], few: readonly T[]): T[] {
  const result = [...many];
  few.forEach((item, index) => {
    result.splice(Math.round(((index + 1) / (few.length + 1)) * many.length) + index, 0, item);
  });
  return result;
}

function factsOf(chapter: Chapter, other: string, place: string, clue: Clue): BeatFacts {
  return {
    pov: chapter.pov,
    other,
    place,
    core: chapter.saga.core,
    clue,
    revelation: chapter.kernel.revelation,
    premise: chapter.view.book.premise,
    firstPerson: chapter.view.book.pov === 'first',
  };
}

function synopsis({ view }: Chapter, beats: Beat[]): string {
  const happens = beats.map(({ text }) => `${text}.`).join(' ');
  const next =
    view.next === null || view.next === undefined
      ? ''
      : ` Which leaves “${view.next.title}” to begin ${view.next.places[0] === undefined ? 'elsewhere' : `with ${inSentence(view.next.places[0])}`}.`;
  return clip(capitalised(`${view.chapter.summary} ${happens}${next}`), 8000);
}

/** Every third chapter leans on something no bible has yet. */
function requiredLore(view: BlueprintView, kernel: ChapterKernel): Blueprint['requiredLore'] {
  const name = capitalised(kernel.clue.noun);
  if (view.chapter.number % 3 !== 1 || view.known.some((known) => known.toLowerCase() === name.toLowerCase()))
    return [];
  return [
    {
      domain: 'objects',
      name: clipLine(name),
      why: 'It is found in this chapter and must be recognisable when it comes due.',
    },
  ];
}
