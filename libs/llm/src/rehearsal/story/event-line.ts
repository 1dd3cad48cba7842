import { BEAT_KINDS, type BeatKind, type StoryEvent } from '../banks/event-types';
import { FINAL_EVENTS } from '../banks/events-final';
import { slotsOf } from '../language/template';
import type { Clue } from './clue';
import { eventsForChapter } from './event-rounds';
import { sceneShares } from './scene-shares';

/** An event that a chapter wants, and the clue it is about, where it is about one. */
export interface WantedEvent {
  event: StoryEvent;
  clue?: Clue;
}

export interface EventLineRequest {
  /** Beats in the whole chapter. */
  total: number;
  scenes: number;
  planted: readonly Clue[];
  paid: readonly Clue[];
  isFinal: boolean;
  /** Whether the revelation can be told only by the one whose doing it was. */
  isOwned: boolean;
  /** Nobody else is in the book. */
  isAlone: boolean;
  /** Counted from 1; each chapter starts further on in the same shuffled events. */
  chapter: number;
  seed: string;
}

/**
 * The events of a chapter, scene by scene: somebody comes, something is planted early, what was planted before comes due
 * in the middle, the question is asked before it is answered, and the answer turns the last scene. Within a scene the
 * kinds keep their natural order, so that nobody arrives in the middle of a conversation.
 */
export function eventLine(request: EventLineRequest): WantedEvent[] {
  const shares = sceneShares(request.total, request.scenes).map(([from, to]) => to - from);
  const draw = drawer(request);
  const scenes: WantedEvent[][] = shares.map(() => []);
  const room = (scene: number): number => shares[scene]! - scenes[scene]!.length;
  const place = (wanted: WantedEvent | undefined, from: number, to: number): void => {
    const step = from <= to ? 1 : -1;
    for (let scene = from; wanted !== undefined && scene !== to + step; scene += step) {
      if (room(scene) > 0) {
        scenes[scene]!.push(wanted);
        return;
      }
    }
  };
  const last = shares.length - 1;
  place(draw.learn(request.isOwned), last, 0);
  request.planted.forEach((clue, index) => place(draw.about('find', clue), Math.min(index, last), last));
  request.paid.forEach((clue, index) =>
    place(draw.about('pay', clue), Math.min(last, Math.floor(last / 2) + (index % 2)), 0),
  );
  if (request.isFinal) place(draw.final('final-gather'), last, last);
  if (request.isFinal) place(draw.final('final-home'), last, last);
  if (request.isFinal) place(draw.final('final-account'), last, last);
  place(draw.any('ask'), Math.max(0, last - 1), 0);
  scenes.forEach((scene, index) => {
    const isFirst = request.chapter === 1 && index === 0;
    const comes = scenes.length <= MOST_ARRIVALS || index % Math.ceil(scenes.length / MOST_ARRIVALS) === 0;
    if (comes && !scene.some(({ event }) => event.kind === 'arrive')) place(draw.any('arrive', isFirst), index, index);
    if (index === last && !request.isFinal) place(draw.any('leave'), index, index);
    while (room(index) > 0) {
      const press = draw.press(scene, isFirst);
      if (press === undefined) break;
      scene.push(press);
    }
  });
  return scenes.flatMap((scene) => scene.sort((a, b) => rank(a) - rank(b)));
}

const rank = ({ event }: WantedEvent): number => BEAT_KINDS.indexOf(event.kind);

/** A chapter of many scenes does not have somebody come in each of them. */
const MOST_ARRIVALS = 4;
const PRESS: readonly BeatKind[] = ['obstacle', 'linger', 'settle'];
interface Drawer {
  any(kind: BeatKind, isFirst?: boolean): WantedEvent | undefined;
  about(kind: BeatKind, clue: Clue): WantedEvent | undefined;
  learn(isOwned: boolean): WantedEvent | undefined;
  final(id: string): WantedEvent | undefined;
  press(scene: readonly WantedEvent[], isFirst: boolean): WantedEvent | undefined;
}

/** Draws events without repeating one before its kind is used up. */
function drawer({ seed, chapter, isAlone }: EventLineRequest): Drawer {
  const fits = (event: StoryEvent): boolean =>
    !isAlone || !slotsOf(event.text).some((slot) => slot === 'b' || slot.startsWith('b.'));
  const decks = new Map<BeatKind, StoryEvent[]>();
  const used = new Map<BeatKind, number>();
  const next = (kind: BeatKind, isFirst = false): StoryEvent | undefined => {
    let deck = decks.get(kind);
    if (deck === undefined || deck.length === 0) {
      deck = eventsForChapter(kind, seed, chapter).filter(fits);
      decks.set(kind, deck);
    }
    const at = isFirst
      ? Math.max(
          0,
          deck.findIndex((event) => event.later !== true),
        )
      : 0;
    return deck.splice(at, 1)[0];
  };
  const wanted = (event: StoryEvent | undefined, clue?: Clue): WantedEvent | undefined =>
    event === undefined ? undefined : { event, clue };
  const finalEvent = (id: string): StoryEvent | undefined => FINAL_EVENTS.filter(fits).find((event) => event.id === id);
  return {
    any: (kind, isFirst) => wanted(next(kind, isFirst)),
    about: (kind, clue) => wanted(next(kind), clue),
    learn: (isOwned) => wanted((isOwned ? finalEvent('final-confess') : undefined) ?? next('learn')),
    final: (id) => wanted(finalEvent(id)),
    press: (scene, isFirst) => {
      const taken = new Set(scene.map(({ event }) => event.kind));
      const order = PRESS.map((_, index) => PRESS[(index + chapter) % PRESS.length]!);
      const free = order.filter((kind) => !taken.has(kind));
      const least = [...(free.length > 0 ? free : order)].sort((a, b) => (used.get(a) ?? 0) - (used.get(b) ?? 0))[0]!;
      used.set(least, (used.get(least) ?? 0) + 1);
      return wanted(next(least, isFirst) ?? next('linger'));
    },
  };
}
