import type { TaskMetadata } from '@fiction/contracts';

/** The metadata of a task that a spec hands over, bound to the built-in model. */
export function taskMetadata(
  planId: string,
  branch: string,
  { backlogItemId, taskId }: Pick<TaskMetadata, 'backlogItemId' | 'taskId'>,
): TaskMetadata {
  return {
    planId,
    branch,
    backlogItemId,
    taskId,
    conversationId: 'conversation',
    conversationPlanId: planId,
    agentId: 'agent_author',
    providerId: 'rehearsal',
    modelId: 'novelist',
    correlationId: planId,
  };
}
