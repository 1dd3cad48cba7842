import { z } from 'zod';
import { arrivingMetadataSchema } from '../plan/metadata.schema';
import { PHASE_OWNER, phaseSchema, type Phase, type ServiceName } from '../plan/phases';
import { command, type MessageContract } from './contract';

/** What a run is applied to: ids only. Chapters, scenes and passes are counted from 1. */
export const runTargetSchema = z.object({
  chapter: z.int().min(1).optional(),
  scene: z.int().min(1).optional(),
  passIndex: z.int().min(1).optional(),
  scrollId: z.string().optional(),
  sceneId: z.string().optional(),
  requirementId: z.string().optional(),
});
export type RunTarget = z.infer<typeof runTargetSchema>;

/**
 * Up to what a run may spend on its model in all, what it has spent before included; beyond it no further call is begun.
 * Dollars, and tokens read and written together; null: no limit.
 */
export const spendLimitSchema = z.object({ usd: z.number().nullable(), tokens: z.number().nullable() });
export type SpendLimit = z.infer<typeof spendLimitSchema>;

/** Everything that starts a run. The metadata is checked by who receives it, so that a gap can be reported by name. */
export const startRunSchema = z.object({
  runId: z.string().min(1),
  revision: z.int().min(1),
  /** How often somebody has resumed this revision; a higher one starts it again, on its recorded steps. */
  resumption: z.int().min(0).default(0),
  planId: z.string().min(1),
  branch: z.string().min(1),
  phase: phaseSchema,
  target: runTargetSchema,
  metadata: arrivingMetadataSchema,
  /** Left out: it may spend what it needs. */
  spendLimit: spendLimitSchema.optional(),
});
export type StartRun = z.infer<typeof startRunSchema>;

/** Most runs that one message starts. */
export const START_RUNS = 50;
export const startRunsSchema = z.object({ starts: z.array(startRunSchema).min(1).max(START_RUNS) });
export type StartRuns = z.infer<typeof startRunsSchema>;

export const cancelRunSchema = z.object({
  runId: z.string().min(1),
  reason: z.string(),
  /** What is cancelled, as it was started: by this a cancel that overtakes its start holds all the same. */
  start: startRunSchema.optional(),
  /** A model call that is open may end, since it is paid for; the run ends before the next one. */
  letCallsEnd: z.boolean().optional(),
});
export type CancelRun = z.infer<typeof cancelRunSchema>;

/** The services that run phases on the planner's command. */
export const WORKING_SERVICES = ['world-bible', 'scene-weaver', 'lore-fulfillment'] as const satisfies ServiceName[];

const perService = <T>(make: (service: ServiceName) => MessageContract<T>): Record<string, MessageContract<T>> =>
  Object.fromEntries(WORKING_SERVICES.map((service) => [service, make(service)]));

const startRunsOf = perService((service) => command(service, 'start-runs', startRunsSchema));
const cancelRunOf = perService((service) => command(service, 'cancel-run', cancelRunSchema));

/** The command that starts runs of `phase`, at the service that owns the phase. */
export function startRunsCommand(phase: Phase): MessageContract<StartRuns> {
  return startRunsOf[PHASE_OWNER[phase]]!;
}

export function startRunsCommandOf(service: (typeof WORKING_SERVICES)[number]): MessageContract<StartRuns> {
  return startRunsOf[service]!;
}

export function cancelRunCommandOf(service: (typeof WORKING_SERVICES)[number]): MessageContract<CancelRun> {
  return cancelRunOf[service]!;
}

/** Most runs that one message names. */
export const FORK_PART_RUNS = 4_000;
export const forkBranchSchema = z.object({
  planId: z.string().min(1),
  branch: z.string().min(1),
  parent: z.string().min(1),
  /** What is shared may need several messages; counted from 1. */
  part: z.int().min(1),
  parts: z.int().min(1),
  /** Runs of the branches before it whose outcome the branch shares, all of them complete. */
  runIds: z.array(z.string()).max(FORK_PART_RUNS),
});
export type ForkBranch = z.infer<typeof forkBranchSchema>;

const forkBranchOf = perService((service) => command(service, 'fork-branch', forkBranchSchema));

/** A branch was made; said before anything of it is started. */
export function forkBranchCommandOf(service: (typeof WORKING_SERVICES)[number]): MessageContract<ForkBranch> {
  return forkBranchOf[service]!;
}
