import {
  FINAL_STATUSES,
  runFinished,
  runProgressed,
  type MessageContract,
  type RunEvent,
  type RunNews,
  type RunTarget,
  type TaskMetadata,
} from '@fiction/contracts';
import { outgoing, type OutgoingMessage } from '@fiction/messaging';
import { randomUUID } from 'node:crypto';
import type { EventDraft } from './journal.types';

/** Events of one message; each has about a kilobyte. */
const MOST_EVENTS = 256;

/** The run an event tells of. */
export type EventSubject = Pick<
  RunEvent,
  'planId' | 'branch' | 'phase' | 'runId' | 'revision' | 'attempt' | 'usage'
> & {
  metadata: Partial<TaskMetadata>;
  target: RunTarget;
};

/** What is told of a run. Chapter and scene of its target go with it, for whoever shows it. */
export function runEvent(subject: EventSubject, draft: EventDraft): RunEvent {
  const { target, ...run } = subject;
  const place = Object.fromEntries(
    (['chapter', 'scene', 'passIndex'] as const).flatMap((key) =>
      target[key] === undefined ? [] : [[key, target[key]]],
    ),
  );
  return {
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
}

/** The message kind an event travels in. */
export function contractOf(event: RunEvent): MessageContract<RunNews> {
  return FINAL_STATUSES.has(event.status) ? runFinished : runProgressed;
}

/** Events as the messages they travel in, in order. */
export function runNews(events: RunEvent[]): OutgoingMessage[] {
  const messages: OutgoingMessage[] = [];
  for (const contract of [runProgressed, runFinished]) {
    const told = events.filter((event) => contractOf(event) === contract);
    for (let start = 0; start < told.length; start += MOST_EVENTS) {
      messages.push(outgoing(contract, { events: told.slice(start, start + MOST_EVENTS) }));
    }
  }
  return messages;
}
