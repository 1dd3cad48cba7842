import { jobName } from './phases';

const padded = (index: number, digits: number): string => String(index).padStart(digits, '0');

/** The id of the scroll of a chapter, the same on every branch. Chapters and scenes are counted from 1. */
export function scrollIdOf(planId: string, chapter: number): string {
  return `${planId}-c${padded(chapter, 3)}`;
}

/** The id of a scene, the same on every branch. */
export function sceneIdOf(planId: string, chapter: number, scene: number): string {
  return `${scrollIdOf(planId, chapter)}-s${padded(scene, 2)}`;
}

/** The id of the backlog item that a run is the execution of. */
export function itemIdOf(runId: string): string {
  return runId.replace(/^fiction:/, 'item:');
}

/** The id of the backlog item that writes a scene. */
export function sceneItemIdOf(planId: string, branch: string, chapter: number, scene: number): string {
  return itemIdOf(jobName('scene', sceneIdOf(planId, chapter, scene), branch));
}
