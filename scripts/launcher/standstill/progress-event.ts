import { z } from 'zod';

/** One event of a plan's history: as much of it as the launcher reads. */
export const progressEventSchema = z.object({
  seq: z.number(),
  phase: z.string(),
  runId: z.string(),
  status: z.string(),
  message: z.string().default(''),
  /** Left out by who does not know. */
  steps: z.object({ recorded: z.number() }).optional(),
  details: z.record(z.string(), z.unknown()).default({}),
  occurredAt: z.string(),
});

/** One page of a plan's history; `lastSeq` is the newest event there is. */
export const progressPageSchema = z.object({ items: z.array(progressEventSchema), lastSeq: z.number() });

export type ProgressEvent = z.infer<typeof progressEventSchema>;
export type ProgressPage = z.infer<typeof progressPageSchema>;
