import { jobName, type Phase, type RunTarget } from '@fiction/contracts';

const padded = (index: number, digits: number): string => String(index).padStart(digits, '0');

/** Numbers below are given by vision, blueprints, scrolls and the checks of scenes, which know nothing of each other's. */
export const FIRST_ASKED = 1001;

/** Ids within a plan say what they name, and are the same whenever the plan grows the same way. */
export const planIds = {
  scroll: (planId: string, chapter: number): string => `${planId}-c${padded(chapter, 3)}`,
  scene: (planId: string, chapter: number, scene: number): string =>
    `${planIds.scroll(planId, chapter)}-s${padded(scene, 2)}`,
  /** @param scope the plan, scroll or scene that declares it; what people ask for counts from `FIRST_ASKED` */
  lore: (scope: string, index: number): string => `${scope}-lore-${index}`,
  item: (runId: string): string => runId.replace(/^fiction:/, 'item:'),
  /** An item's id without its branch: the same on every branch. */
  base: (itemId: string): string => itemId.replace(/@[^@]*$/, ''),
  task: (runId: string, revision: number): string => `${runId.replace(/^fiction:/, 'task:')}#${revision}`,
};

/** The job name of the run that applies `phase` to `target`. */
export function runIdOf(planId: string, branch: string, phase: Phase, target: RunTarget): string {
  switch (phase) {
    case 'vision':
    case 'world':
      return jobName(phase, planId, branch);
    case 'planner':
      return jobName(phase, `${planId}:${target.passIndex}`, branch);
    case 'blueprint':
      return jobName(phase, `${planId}:${target.chapter}`, branch);
    case 'scroll':
      return jobName(phase, target.scrollId!, branch);
    case 'scene':
      return jobName(phase, target.sceneId!, branch);
    case 'lore':
      return jobName(phase, target.requirementId!, branch);
  }
}
