import { z } from 'zod';

/** The phases in the order a reader of the progress expects them. */
export const PHASES = ['vision', 'world', 'planner', 'blueprint', 'scroll', 'lore', 'scene'] as const;

const count = z.number().default(0);

const phaseProgressSchema = z.object({
  phase: z.string(),
  done: count,
  total: count,
  running: count,
  blocked: count,
  failed: count,
  startedAt: z.string().nullish(),
  finishedAt: z.string().nullish(),
  calls: count,
  inputTokens: count,
  outputTokens: count,
  costUsd: count,
});

const briefSchema = z.object({
  lore: z.object({ policy: z.string() }).default({ policy: 'immediate' }),
  budget: z.object({ usd: z.number().nullable(), tokens: z.number().nullable() }).default({ usd: null, tokens: null }),
});

/** A plan as the gateway shows it: as much of it as the launcher reads. */
export const planStateSchema = z.object({
  id: z.string(),
  title: z.string(),
  status: z.enum(['draft', 'running', 'paused', 'complete', 'failed', 'archived']),
  statusReason: z.string().nullish(),
  brief: briefSchema.prefault({}),
  progress: z.array(phaseProgressSchema).default([]),
  words: count,
  calls: count,
  tokens: z.object({ input: count, output: count }).default({ input: 0, output: 0 }),
  costUsd: count,
  startedAt: z.string().nullish(),
  finishedAt: z.string().nullish(),
});

const planNameSchema = planStateSchema.pick({ id: true, title: true, status: true, statusReason: true });

/** One page of the list of plans. */
export const planPageSchema = z.object({ items: z.array(planNameSchema), nextCursor: z.string().nullish() });

export type PhaseProgress = z.infer<typeof phaseProgressSchema>;
export type PlanState = z.infer<typeof planStateSchema>;
export type PlanName = z.infer<typeof planNameSchema>;

/** Whether there is still something to do for the plan. */
export function isUnfinished({ status }: Pick<PlanState, 'status'>): boolean {
  return status === 'draft' || status === 'running' || status === 'paused';
}
