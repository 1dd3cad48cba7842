import type { SettledBrief } from '@fiction/contracts';
import { planIds, runIdOf } from './plan-ids';
import type { NewItem } from './plan-graph';

/**
 * The nodes a brief alone decides: vision → world → passes → for each chapter blueprint → scroll. A blueprint reads the
 * one before it and so waits for it, unless the writer wants the chapters `loose`; with `strict` continuity each scroll
 * waits for the one before it too, so that the scenes of a chapter can follow those of the chapter before.
 */
export function firstItems(planId: string, branch: string, brief: SettledBrief): NewItem[] {
  const id = (phase: NewItem['phase'], target: NewItem['target']): string =>
    planIds.item(runIdOf(planId, branch, phase, target));
  const items: NewItem[] = [
    { phase: 'vision', target: {}, dependsOn: [] },
    { phase: 'world', target: {}, dependsOn: [id('vision', {})] },
  ];
  let before = id('world', {});
  for (let passIndex = 1; passIndex <= brief.planningPasses; passIndex += 1) {
    items.push({ phase: 'planner', target: { passIndex }, dependsOn: [before] });
    before = id('planner', { passIndex });
  }
  for (let chapter = 1; chapter <= brief.chapters; chapter += 1) {
    const blueprint = id('blueprint', { chapter });
    const chained = brief.continuity !== 'loose' && chapter > 1;
    items.push({
      phase: 'blueprint',
      target: { chapter },
      dependsOn: [before, ...(chained ? [id('blueprint', { chapter: chapter - 1 })] : [])],
    });
    const strict = brief.continuity === 'strict' && chapter > 1;
    items.push({
      phase: 'scroll',
      target: { chapter, scrollId: planIds.scroll(planId, chapter) },
      dependsOn: [blueprint, ...(strict ? [scrollItem(planId, branch, chapter - 1)] : [])],
    });
  }
  return items;
}

export function scrollItem(planId: string, branch: string, chapter: number): string {
  return planIds.item(runIdOf(planId, branch, 'scroll', { chapter, scrollId: planIds.scroll(planId, chapter) }));
}

export function sceneItem(planId: string, branch: string, chapter: number, scene: number): string {
  const sceneId = planIds.scene(planId, chapter, scene);
  return planIds.item(runIdOf(planId, branch, 'scene', { chapter, scene, sceneId }));
}
