import { z } from 'zod';

const id = z.string().trim().min(1).max(300);

/** What must be known about a piece of work wherever it is handed over: on REST, on the bus and in a job. */
export const taskMetadataSchema = z.strictObject({
  planId: id,
  branch: id,
  backlogItemId: id,
  taskId: id,
  conversationId: id,
  conversationPlanId: id,
  agentId: id,
  providerId: id,
  modelId: id,
  correlationId: id,
});
export type TaskMetadata = z.infer<typeof taskMetadataSchema>;

/** The agent whose conversation every phase uses. */
export const AUTHOR_AGENT = 'agent_author';

/** Name of the conversation the author of a plan holds on a branch. */
export function authorConversation(planId: string, branch: string): string {
  return `conversation:author:${planId}@${branch}`;
}

/** Names of the metadata fields that are absent or of no use; an empty list means the metadata is whole. */
export function missingMetadata(candidate: unknown): string[] {
  const present = presentMetadata(candidate);
  return Object.keys(taskMetadataSchema.shape).filter((field) => !(field in present));
}

/** What there is of metadata: a field that is blank, too long or no text at all is as good as absent. */
export function presentMetadata(candidate: unknown): Partial<TaskMetadata> {
  const given = typeof candidate === 'object' && candidate !== null ? (candidate as Record<string, unknown>) : {};
  return Object.fromEntries(
    Object.keys(taskMetadataSchema.shape).flatMap((field) => {
      const { data } = id.safeParse(given[field]);
      return data === undefined ? [] : [[field, data]];
    }),
  );
}

/** Metadata as it arrives: whatever it is, it can be read, so that every gap in it can be reported by name. */
export const arrivingMetadataSchema = z.unknown().optional().transform(presentMetadata);
