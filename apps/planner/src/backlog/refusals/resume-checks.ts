import {
  DomainError,
  ITEM_FIELDS,
  missingMetadata,
  RESUME_FIELDS,
  type Binding,
  type TaskMetadata,
} from '@fiction/contracts';
import { isOverBudget, overspentOf, type Spending } from '../../plans/budget';
import type { ItemRow } from '../backlog-rows';

/** Why an item is not resumed; the code says which rule, `errors` which field. */
export class ResumeRefusedError extends DomainError {
  constructor(code: string, status: number, message: string, field?: string) {
    super(code, status, message, field === undefined ? undefined : [{ field, message }]);
  }
}

/** Fields that a resume must name and does not. */
export class MetadataMissingError extends DomainError {
  constructor(readonly missing: string[]) {
    super(
      'METADATA_MISSING',
      400,
      `A resume must name ${missing.join(', ')}.`,
      missing.map((field) => ({ field, message: 'is missing' })),
    );
  }
}

/** Fields of `given` that are missing or of no use. */
export function missingFields(given: Record<string, unknown>): string[] {
  const missing = new Set(missingMetadata(given));
  return RESUME_FIELDS.filter((field) => missing.has(field));
}

/** Refuses what cannot be resumed now, whatever is named. */
export function checkStatus(plan: Spending, row: ItemRow, unfinished: { id: string; status: string }[]): void {
  const { id, status } = row;
  if (status === 'complete') throw new ResumeRefusedError('ITEM_COMPLETE', 409, `${id} is complete.`);
  if (status === 'running' || status === 'queued') {
    throw new ResumeRefusedError('ITEM_RUNNING', 409, `${id} is already ${status}.`);
  }
  if (unfinished.length > 0) {
    throw new DomainError(
      'DEPENDENCIES_INCOMPLETE',
      409,
      `${id} waits for ${unfinished.length === 1 ? 'an item that is' : `${unfinished.length} items that are`} not complete.`,
      unfinished.map((one) => ({ field: one.id, message: `is ${one.status}` })),
    );
  }
  // The budget is a hard stop, for one item as for all.
  if (isOverBudget(plan)) {
    const message = `${overspentOf(plan)}: first resume the plan with a "budget" above what it has spent.`;
    throw new ResumeRefusedError('BUDGET_EXCEEDED', 409, message);
  }
}

/** What a resume names, each field present, and what else of the item's metadata it came with. */
export type Named = Pick<TaskMetadata, (typeof RESUME_FIELDS)[number]> & Partial<TaskMetadata>;

/** Refuses what came along with the item's metadata and is another item's. */
function checkItemFields(named: Named, task: TaskMetadata): void {
  const others = ITEM_FIELDS.filter((field) => named[field] !== undefined && named[field] !== task[field]);
  if (others.length === 0) return;
  throw new DomainError(
    'METADATA_MISMATCH',
    422,
    `${others.join(', ')} ${others.length === 1 ? 'does' : 'do'} not belong to this item.`,
    others.map((field) => ({ field, message: `must be "${task[field]}", or left out` })),
  );
}

/**
 * Refuses what does not belong to the task of the item.
 * @param task the metadata of the task as it stands
 * @param taskItem the item that the named task is of, if there is one
 */
export function checkNames(named: Named, task: TaskMetadata, taskItem: string | undefined, rebind: boolean): void {
  const refuse = (code: string, field: keyof Named, message: string): never => {
    throw new ResumeRefusedError(code, 422, message, field);
  };
  checkItemFields(named, task);
  if (named.conversationPlanId !== task.planId) {
    refuse('CONVERSATION_PLAN_MISMATCH', 'conversationPlanId', `The item belongs to plan ${task.planId}.`);
  }
  if (named.conversationId !== task.conversationId) {
    refuse(
      'CONVERSATION_MISMATCH',
      'conversationId',
      `The conversation of this plan and branch is ${task.conversationId}.`,
    );
  }
  if (taskItem === undefined) refuse('TASK_UNKNOWN', 'taskId', `There is no task "${named.taskId}".`);
  if (taskItem !== task.backlogItemId || named.taskId !== task.taskId) {
    refuse(
      'TASK_OF_OTHER_ITEM',
      'taskId',
      `The task "${named.taskId}" is not the current task of this item; that is ${task.taskId}.`,
    );
  }
  if (named.agentId !== task.agentId) {
    refuse('TASK_OF_OTHER_AGENT', 'agentId', `The task belongs to agent "${task.agentId}".`);
  }
  if (rebind) return;
  if (named.providerId !== task.providerId) {
    refuse(
      'TASK_OF_OTHER_PROVIDER',
      'providerId',
      `The task is bound to provider "${task.providerId}"; send "rebind": true to bind it to another one.`,
    );
  }
  if (named.modelId !== task.modelId) {
    refuse(
      'TASK_OF_OTHER_MODEL',
      'modelId',
      `The task is bound to model "${task.modelId}"; send "rebind": true to bind it to another one.`,
    );
  }
}

/** Refuses a provider that is not there, or a model that it does not offer. */
export function checkBinding({ provider, model }: Binding, problem: 'provider' | 'model' | undefined): void {
  if (problem === 'provider') {
    throw new ResumeRefusedError('PROVIDER_UNKNOWN', 422, `There is no provider "${provider}".`, 'providerId');
  }
  if (problem === 'model') {
    throw new ResumeRefusedError('MODEL_UNKNOWN', 422, `Provider "${provider}" does not offer "${model}".`, 'modelId');
  }
}
