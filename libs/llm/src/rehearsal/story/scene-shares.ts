/**
 * Deals `count` beats out to `scenes` scenes in order, as evenly as can be, as half-open ranges; where there are fewer
 * beats than scenes, some scenes get none. Blueprint and scroll deal alike, so a beat's place and company are its scene's.
 */
export function sceneShares(count: number, scenes: number): [number, number][] {
  return Array.from({ length: scenes }, (_, index) => [
    Math.floor((index * count) / scenes),
    Math.floor(((index + 1) * count) / scenes),
  ]);
}

/** How many beats a scene of that length can play without hurrying, as the prompts ask for them. */
export function beatsOfScene(words: number): number {
  return Math.min(5, Math.max(1, Math.round(words / 220)));
}
