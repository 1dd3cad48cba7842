import type { Continuity } from './brief.schema';

/** A scene by its place in the book; both counted from 1. */
export interface ScenePlace {
  chapter: number;
  scene: number;
}

/**
 * The scene that the one at `place` follows, as the brief's continuity has it: the one before it in the book (`strict`),
 * in its chapter (`chapter`), or none (`loose`). What is followed is waited for and read.
 */
export function followedScene(
  continuity: Continuity,
  place: ScenePlace,
  scenesPerChapter: number,
): ScenePlace | undefined {
  const { chapter, scene } = place;
  if (continuity === 'loose') return undefined;
  if (scene > 1) return { chapter, scene: scene - 1 };
  return continuity === 'strict' && chapter > 1 ? { chapter: chapter - 1, scene: scenesPerChapter } : undefined;
}
