import type { StoryPoint, WorldFact } from '@fiction/contracts';

/** A place in the book; both are counted from 1. */
export interface Place {
  chapter: number;
  scene: number;
}

export function storyPoint({ chapter, scene }: Place): StoryPoint {
  return `${chapter}.${scene}`;
}

export function placeOf(point: StoryPoint): Place {
  const [chapter, scene] = point.split('.').map(Number) as [number, number];
  return { chapter, scene };
}

/** Negative when `a` comes before `b`. `2.10` comes after `2.9`. */
export function comparePoints(a: StoryPoint, b: StoryPoint): number {
  const [chapterOfA, sceneOfA] = a.split('.').map(Number) as [number, number];
  const [chapterOfB, sceneOfB] = b.split('.').map(Number) as [number, number];
  return chapterOfA - chapterOfB || sceneOfA - sceneOfB;
}

/** A fact holds from its first point on, and no longer at the point at which it ends. */
export function holdsAt(fact: WorldFact, point: StoryPoint): boolean {
  return comparePoints(fact.from, point) <= 0 && (fact.until === null || comparePoints(point, fact.until) < 0);
}
