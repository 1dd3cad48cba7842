import type { Beat, Blueprint } from '@fiction/contracts';
import { capitalised, clip, clipLine, inSentence } from '../language/wording';
import { readClue, type Clue } from '../story/clue';
import { eventLine } from '../story/event-line';
import { viewOf, type BlueprintView } from '../story/materials';
import { castOf, chapterKernel, longClueOf, sagaOf, type ChapterKernel, type Saga } from '../story/saga';
import { beatsOfScene, sceneShares } from '../story/scene-shares';
import { stateBeat, type BeatFacts } from '../story/state-beats';

interface Chapter {
  view: BlueprintView;
  saga: Saga;
  kernel: ChapterKernel;
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
    synopsis: synopsis(view, beats),
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
  const rest = names.filter((name) => name !== pov && !named.includes(name));
  const turn = rest.length === 0 ? 0 : number % rest.length;
  return {
    view,
    saga,
    kernel,
    pov,
    others: [...named, ...rest.slice(turn), ...rest.slice(0, turn)],
    ...plantsAndPayoffs(view, saga, kernel),
  };
}

/**
 * What the chapter before planted comes due here, except the book's first plant: it is handed on, planted again, until
 * the last chapter. A book of one chapter plants and pays in the same.
 */
function plantsAndPayoffs(view: BlueprintView, saga: Saga, kernel: ChapterKernel): Pick<Chapter, 'paid' | 'planted'> {
  const { number, of } = view.chapter;
  if (of === 1) return { paid: [kernel.clue], planted: [kernel.clue] };
  const long = longClueOf(saga);
  const earlier = (view.previous?.plants ?? plantsBefore(saga, number, of)).map(readClue);
  const due = earlier.filter((clue) => kernel.isLast || clue.full !== long.full).slice(0, 4);
  if (kernel.isLast) return { paid: due, planted: [] };
  const handedOn = number === 1 || earlier.some((clue) => clue.full === long.full) ? [long] : [];
  return { paid: due, planted: [kernel.clue, ...handedOn] };
}

/** Where chapters are designed side by side nobody says what the one before planted; but this model knows what it would. */
function plantsBefore(saga: Saga, number: number, of: number): string[] {
  return number === 1 ? [] : [chapterKernel(saga, number - 1, of).clue.full, longClueOf(saga).full];
}

/** As many as the prompt asks for; the scroll will deal them out to the scenes in the same way. */
function beatCount(view: BlueprintView): number {
  return Math.min(16, Math.max(2, view.scenesPerChapter * beatsOfScene(view.wordsPerScene)));
}

function chapterBeats(chapter: Chapter): Beat[] {
  const { view, kernel, others } = chapter;
  const total = beatCount(view);
  const line = eventLine({
    total,
    scenes: view.scenesPerChapter,
    planted: chapter.planted,
    paid: chapter.paid,
    isFinal: kernel.isLast && view.chapter.of > 1,
    isOwned: kernel.revelation.owned === true,
    isAlone: others.length === 0,
    chapter: view.chapter.number,
    seed: chapter.saga.seed,
  });
  return sceneShares(line.length, view.scenesPerChapter).flatMap(([from, to], scene, scenes) => {
    const isLastScene = scene === scenes.length - 1;
    const other = kernel.isLast && isLastScene ? others[0] : others[scene % Math.min(3, others.length)];
    const place = view.chapter.places[kernel.isLast && isLastScene ? 0 : scene % view.chapter.places.length]!;
    return line
      .slice(from, to)
      .map(({ event, clue }, index) => stateBeat(event, factsOf(chapter, other, place, clue), index === 0));
  });
}

function factsOf(chapter: Chapter, other: string | undefined, place: string, clue: Clue | undefined): BeatFacts {
  const { view, kernel, saga, pov, others } = chapter;
  return {
    pov,
    other: other ?? pov,
    absent: others.find((name) => name !== other) ?? 'somebody',
    place,
    core: saga.core,
    clue: clue ?? kernel.clue,
    revelation: kernel.revelation,
    premise: view.book.premise,
    firstPerson: view.book.pov === 'first',
  };
}

function synopsis({ chapter, next }: BlueprintView, beats: Beat[]): string {
  const happens = beats.map(({ text }) => `${text}.`).join(' ');
  const start = next?.places[0] === undefined ? 'elsewhere' : `with ${inSentence(next.places[0])}`;
  const after = next === null || next === undefined ? '' : ` Which leaves “${next.title}” to begin ${start}.`;
  return clip(capitalised(`${chapter.summary} ${happens}${after}`), 8000);
}

/** Every third chapter leans on something no bible has yet. */
function requiredLore({ chapter, known }: BlueprintView, kernel: ChapterKernel): Blueprint['requiredLore'] {
  const name = capitalised(kernel.clue.noun);
  if (chapter.number % 3 !== 1 || known.some((entry) => entry.toLowerCase() === name.toLowerCase())) return [];
  const why = 'It is found in this chapter and must be recognised when it comes due.';
  return [{ domain: 'objects', name: clipLine(name), why }];
}
