import {
  FINAL_STATUSES,
  runFinished,
  runProgressed,
  type RunEvent,
  type RunTarget,
  type TaskMetadata,
} from '@fiction/contracts';
import { outgoing, type OutgoingMessage } from '@fiction/messaging';
import { randomUUID } from 'node:crypto';
import type { EventDraft } from './journal.types';

/** The run an event tells of. */
export type EventSubject = Pick<
  RunEvent,
  'planId' | 'branch' | 'phase' | 'runId' | 'revision' | 'attempt' | 'usage'
> & {
  metadata: Partial<TaskMetadata>;
  target: RunTarget;
};

/** A run event, ready for the outbox. Chapter and scene of the target go with it, for whoever shows it. */
export function runEventMessage(subject: EventSubject, draft: EventDraft): OutgoingMessage {
  const { target, ...run } = subject;
  const place = Object.fromEntries(
    (['chapter', 'scene', 'passIndex'] as const).flatMap((key) =>
      target[key] === undefined ? [] : [[key, target[key]]],
    ),
  );
  const event: RunEvent = {
    eventId: randomUUID(),
    planId: run.planId,
    branch: run.branch,
    phase: run.phase,
    runId: run.runId,
    revision: run.revision,
    attempt: run.attempt,
    status: draft.status,
    percent: draft.percent,
    message: draft.message,
    metadata: run.metadata,
    checkpoint: draft.checkpoint,
    usage: run.usage,
    details: { ...place, ...draft.details },
    occurredAt: new Date().toISOString(),
  };
  return outgoing(FINAL_STATUSES.has(draft.status) ? runFinished : runProgressed, event, event.eventId);
}
