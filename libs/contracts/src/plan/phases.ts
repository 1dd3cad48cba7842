import { z } from 'zod';

/** A kind of work. The order is the order in which a book first meets them. */
export const PHASES = ['vision', 'world', 'planner', 'blueprint', 'scroll', 'lore', 'scene'] as const;
export const phaseSchema = z.enum(PHASES);
export type Phase = z.infer<typeof phaseSchema>;

/** The services of the system; each owns one PostgreSQL schema of the same name (with `_` for `-`). */
export const SERVICES = [
  'gateway',
  'planner',
  'world-bible',
  'scene-weaver',
  'lore-fulfillment',
  'telemetry',
  'conductor',
] as const;
export type ServiceName = (typeof SERVICES)[number];

/** The service that runs a phase. */
export const PHASE_OWNER: Record<Phase, ServiceName> = {
  vision: 'planner',
  world: 'world-bible',
  planner: 'planner',
  blueprint: 'planner',
  scroll: 'planner',
  scene: 'scene-weaver',
  lore: 'lore-fulfillment',
};

/** The branch every plan starts with. */
export const MAIN_BRANCH = 'main';

/**
 * The name of the run that applies `phase` to `target`: one per run, for ever.
 * @param target the plan id (vision, world), `{planId}:{index}` (planner, blueprint), or the id of the scroll, scene or
 *   lore requirement
 */
export function jobName(phase: Phase, target: string, branch: string = MAIN_BRANCH): string {
  return branch === MAIN_BRANCH ? `fiction:${phase}:${target}` : `fiction:${phase}:${target}@${branch}`;
}
