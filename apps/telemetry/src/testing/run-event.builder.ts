import { AUTHOR_AGENT, authorConversation, NO_USAGE, type RunEvent } from '@fiction/contracts';
import { randomUUID } from 'node:crypto';

/** A run event, whole; only what a test is about has to be said. */
export function runEvent(given: Partial<RunEvent> = {}): RunEvent {
  const planId = given.planId ?? 'plan-1';
  const runId = given.runId ?? `fiction:scene:${planId}-scene-1`;
  return {
    eventId: randomUUID(),
    planId,
    branch: 'main',
    phase: 'scene',
    runId,
    revision: 1,
    resumption: 0,
    attempt: 1,
    status: 'Progress',
    percent: 10,
    message: 'drafted',
    metadata: {
      planId,
      branch: 'main',
      backlogItemId: runId,
      taskId: runId,
      conversationId: authorConversation(planId, 'main'),
      conversationPlanId: planId,
      agentId: AUTHOR_AGENT,
      providerId: 'rehearsal',
      modelId: 'novelist',
      correlationId: planId,
    },
    checkpoint: 'in-progress',
    usage: NO_USAGE,
    details: {},
    occurredAt: '2026-01-01T00:00:00.000Z',
    ...given,
  };
}
