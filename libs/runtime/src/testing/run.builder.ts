import type { TaskMetadata } from '@fiction/contracts';
import type { ModelTask } from '@fiction/llm';
import { z } from 'zod';

/** A row of `runs`, as far as tests look at it. */
export interface RunRecord {
  id: string;
  revision: number;
  resumption: number;
  attempt: number;
  status: string;
  percent: number;
  failures: number;
  pauses: number;
  losses: number;
  calls: number;
  worker_id: number | null;
  details: Record<string, unknown>;
  error: { code: string; message: string } | null;
  finished_at: Date | null;
}

/** A row of `steps`, as far as tests look at it. */
export interface StepRecord {
  name: string;
  kind: 'action' | 'model' | 'model-failure';
  revision: number;
  attempt: number;
  result: unknown;
  request: unknown;
  response: { text?: string; error?: { code: string } } | null;
  validation: string | null;
}

/** Metadata with nothing missing. */
export function metadataOf(overrides: Partial<TaskMetadata> = {}): TaskMetadata {
  return {
    planId: 'plan-1',
    branch: 'main',
    backlogItemId: 'item-1',
    taskId: 'task-1',
    conversationId: 'conversation-1',
    conversationPlanId: 'plan-1',
    agentId: 'agent_author',
    providerId: 'local',
    modelId: 'novelist',
    correlationId: 'correlation-1',
    ...overrides,
  };
}

/** Something to ask a model: prose about `material`. */
export function proseTask(task: string, material: Record<string, unknown> = {}): ModelTask {
  return { task, material, instructions: 'Write.', maxOutputTokens: 100 };
}

export const beatSchema = z.strictObject({ title: z.string(), beats: z.array(z.string()).min(1) });
export const GOOD_BEATS = { title: 'The tide', beats: ['it comes in'] };

/** Something to ask a model: an answer of the shape of `beatSchema`. */
export function beatsTask(task: string, material: Record<string, unknown> = {}): ModelTask<z.infer<typeof beatSchema>> {
  return { ...proseTask(task, material), schema: beatSchema };
}
