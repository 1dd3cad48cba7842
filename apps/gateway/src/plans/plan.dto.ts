import {
  pageOf,
  phaseSchema,
  planStatusSchema,
  planSummarySchema,
  settledBriefSchema,
  briefSchema,
} from '@fiction/contracts';
import { createDto } from '../http/create-dto';
import { z } from 'zod';
import { pageParameters } from '../paging/page-query';

export class BriefDto extends createDto(briefSchema) {}

export const createdPlanSchema = z.object({
  id: z.string(),
  /** False: an earlier request with the same Idempotency-Key has made it. */
  created: z.boolean(),
});
export class CreatedPlanDto extends createDto(createdPlanSchema) {}

export class PlanListQueryDto extends createDto(
  z.strictObject({
    ...pageParameters(),
    status: planStatusSchema.optional(),
    /** Only plans of the brief that has this digest, as each plan shows its own. */
    briefDigest: z
      .string()
      .regex(/^[0-9a-f]{64}$/, 'must be 64 hexadecimal digits')
      .optional(),
  }),
) {}
export class PlanPageDto extends createDto(pageOf(planSummarySchema)) {}

const moment = z.iso.datetime().nullable();

const ofAll = 'On all branches.';

/** `done`, `total`, `running`, `blocked`, `failed` and `cancelled` count items of the primary branch. */
export const phaseProgressSchema = z.object({
  phase: phaseSchema,
  done: z.int(),
  total: z.int(),
  running: z.int(),
  /** Of those that are running, how many wait for their provider. */
  waiting: z.int(),
  blocked: z.int(),
  failed: z.int(),
  /** By a person, a pause or the budget: they go on when they are resumed. */
  cancelled: z.int(),
  startedAt: moment.describe(ofAll),
  finishedAt: moment.describe(`${ofAll} Null until all of it is done.`),
  calls: z.int().describe(ofAll),
  inputTokens: z.int().describe(ofAll),
  outputTokens: z.int().describe(ofAll),
  costUsd: z.number().describe(ofAll),
});
export type PhaseProgress = z.infer<typeof phaseProgressSchema>;

export const planViewSchema = planSummarySchema.extend({
  brief: settledBriefSchema,
  primaryBranch: z.string().describe('The branch that `status`, `progress` and `words` describe.'),
  progress: z.array(phaseProgressSchema),
  words: z.int().describe('The words of all complete scenes of the primary branch.'),
  calls: z.int().describe(ofAll),
  tokens: z.object({ input: z.int(), output: z.int() }).describe(ofAll),
  costUsd: z.number().describe(ofAll),
  /** The history was out of reach: calls, tokens, cost and the times of phases are not known right now. */
  partial: z.boolean(),
});
export type PlanView = z.infer<typeof planViewSchema>;
export class PlanViewDto extends createDto(planViewSchema) {}
