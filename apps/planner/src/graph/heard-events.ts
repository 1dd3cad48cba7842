import { waitTold, type RunEvent } from '@fiction/contracts';
import { BUDGET_EXCEEDED } from '../plans/budget-stops';

/** A run that waits is begun again and again; only that it waits, and then goes on, is worth telling. */
export function withoutBeginningsOfWaits(events: RunEvent[]): RunEvent[] {
  const attempt = (event: RunEvent): string => `${event.runId} ${event.attempt}`;
  const waited = new Set(events.filter((event) => waitTold(event) === true).map(attempt));
  return waited.size === 0
    ? events
    : events.filter((event) => event.status !== 'Started' || !waited.has(attempt(event)));
}

/** Of each run what it told last; news of a process that has ended may be heard after those of the one that went on. */
export function lastOfEach(events: RunEvent[]): RunEvent[] {
  const last = new Map<string, RunEvent>();
  for (const event of events) {
    const known = last.get(event.runId);
    if (known === undefined || !isBefore(event, known)) last.set(event.runId, event);
  }
  return [...last.values()];
}

/** A revision that is complete has nothing after it. */
function isBefore(one: RunEvent, other: RunEvent): boolean {
  if (one.revision !== other.revision) return one.revision < other.revision;
  if ((one.status === 'Completed') !== (other.status === 'Completed')) return other.status === 'Completed';
  if (one.resumption !== other.resumption) return one.resumption < other.resumption;
  return one.attempt < other.attempt;
}

/** The stable code of what an attempt ended for; nothing for what is complete. */
export function codeOf({ status, details }: RunEvent): string | null {
  if (status === 'Completed') return null;
  const code = details.reason ?? details.code;
  if (status === 'Cancelled') return code === BUDGET_EXCEEDED ? BUDGET_EXCEEDED : 'CANCELLED';
  return typeof code === 'string' ? code : null;
}

/** Why a branch fails: which of its items has, and what its run told. */
export function reasonOf(itemId: string, events: RunEvent[]): string {
  const event = events.find((candidate) => candidate.metadata.backlogItemId === itemId);
  if (event === undefined) return `${itemId} failed`;
  const { chapter, scene } = event.details;
  const isIn = typeof chapter === 'number' || typeof chapter === 'string';
  const at = typeof scene === 'number' || typeof scene === 'string' ? `.${scene}` : '';
  const place = isIn ? ` ${at === '' ? 'of chapter ' : ''}${chapter}${at}` : '';
  return `${event.phase}${place} failed: ${event.message}`;
}
