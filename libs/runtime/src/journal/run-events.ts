import {
  FINAL_STATUSES,
  runFinished,
  runProgressed,
  runStarted,
  shortened,
  waitTold,
  type Details,
  type MessageContract,
  type RunEvent,
  type RunNews,
  type RunTarget,
  type TaskMetadata,
} from '@fiction/contracts';
import { outgoing, type OutgoingMessage } from '@fiction/messaging';
import { randomUUID } from 'node:crypto';
import type { EventDraft } from './journal.types';

/** Events travel together up to this size, in characters; an event of its own may not be larger than the bus carries. */
const MOST_CHARACTERS = 250_000;
/** What an event tells in words is cut at these lengths, in characters and in items of a list. */
const MOST_TEXT = 2_000;
const MOST_ITEM = 300;
const MOST_ITEMS = 200;

/** The run an event tells of. */
export type EventSubject = Pick<
  RunEvent,
  'planId' | 'branch' | 'phase' | 'runId' | 'revision' | 'resumption' | 'attempt' | 'usage' | 'steps'
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
    resumption: run.resumption,
    attempt: run.attempt,
    status: draft.status,
    percent: draft.percent,
    message: shortened(draft.message, MOST_TEXT),
    metadata: run.metadata,
    checkpoint: draft.checkpoint,
    usage: run.usage,
    ...(run.steps && { steps: run.steps }),
    details: { ...place, ...brief(draft.details) },
    occurredAt: new Date().toISOString(),
  };
}

/** The message kind an event travels in. */
export function contractOf(event: RunEvent): MessageContract<RunNews> {
  if (event.status === 'Started' || waitTold(event) !== undefined) return runStarted;
  return FINAL_STATUSES.has(event.status) ? runFinished : runProgressed;
}

/** Shares events out among messages: those of one kind travel together as long as there is room. */
export class MessageRoom {
  private readonly kinds = new Map<string, { part: number; characters: number }>();

  /** Number of the message, among those of its kind, that the next event of this length goes into. */
  place(subject: string, characters: number): number {
    const last = this.kinds.get(subject);
    if (last !== undefined && last.characters + characters <= MOST_CHARACTERS) {
      last.characters += characters;
      return last.part;
    }
    const part = (last?.part ?? -1) + 1;
    this.kinds.set(subject, { part, characters });
    return part;
  }
}

/** Events as the messages they travel in, in order. */
export function runNews(events: RunEvent[]): OutgoingMessage[] {
  const room = new MessageRoom();
  return [runStarted, runProgressed, runFinished].flatMap((contract) => {
    const parts: RunEvent[][] = [];
    for (const event of events) {
      if (contractOf(event) !== contract) continue;
      const part = room.place(contract.subject, JSON.stringify(event).length);
      (parts[part] ??= []).push(event);
    }
    return parts.map((together) => outgoing(contract, { events: together }));
  });
}

function brief(details: Details): Details {
  return Object.fromEntries(
    Object.entries(details).map(([key, value]) => {
      if (typeof value === 'string') return [key, shortened(value, MOST_TEXT)];
      return [key, Array.isArray(value) ? value.slice(0, MOST_ITEMS).map(briefItem) : value];
    }),
  ) as Details;
}

function briefItem(item: string | Record<string, string>): string | Record<string, string> {
  if (typeof item === 'string') return shortened(item, MOST_ITEM);
  return Object.fromEntries(Object.entries(item).map(([key, text]) => [key, shortened(text, MOST_ITEM)]));
}
