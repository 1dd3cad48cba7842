import type { BeatKind, StoryEvent } from '../banks/event-types';
import { shuffledOrder } from '../language/shuffled-order';
import { eventsOfKind } from './events';

/** At most so many events of a kind a chapter uses: so many further on in the shuffled events the next one starts. */
const PER_CHAPTER: Record<BeatKind, number> = {
  arrive: 4,
  linger: 2,
  ask: 1,
  obstacle: 2,
  find: 2,
  settle: 2,
  pay: 2,
  learn: 1,
  leave: 1,
};

/** The events of a kind in the order in which a chapter draws them. */
export function eventsForChapter(kind: BeatKind, seed: string, chapter: number): StoryEvent[] {
  const events = eventsOfKind(kind);
  const order = shuffledOrder(`events ${kind} ${seed}`, events.length);
  const start = (chapter - 1) * PER_CHAPTER[kind];
  return order.map((_, index) => events[order[(start + index) % order.length]!]!);
}

/** How often the book has come round to an event before this chapter: each time it is played in another way. */
export function roundOf(event: StoryEvent, seed: string, chapter: number): number {
  const events = eventsOfKind(event.kind);
  const order = shuffledOrder(`events ${event.kind} ${seed}`, events.length);
  const position = order.findIndex((index) => events[index]!.id === event.id);
  if (position < 0) return 0;
  return Math.max(0, Math.ceil(((chapter - 1) * PER_CHAPTER[event.kind] - position) / events.length));
}
