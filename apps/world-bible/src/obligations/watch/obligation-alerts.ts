import { alertCauseReported, counted, shortened, type AlertCause } from '@fiction/contracts';
import { outgoing, type OutgoingMessage } from '@fiction/messaging';
import { randomUUID } from 'node:crypto';

/** Most characters of an obligation in a message. */
const SHORT = 200;

export interface OverdueCause {
  planId: string;
  branch: string;
  id: string;
  text: string;
  itemIds: string[];
  present: boolean;
}

/** An obligation is later than it should be, or is not any more. */
export function overdueReport(cause: OverdueCause, now: Date): OutgoingMessage {
  const { planId, branch, id, text, itemIds, present } = cause;
  const could = itemIds.length === 0 ? '' : ` ${counted(itemIds.length, 'item')} could pay it off.`;
  return report(
    {
      cause: `${id}@${branch}`,
      planId,
      branch,
      itemIds,
      message: `The reader is still owed “${shortened(text, SHORT)}”, which is overdue.${could}`,
      present,
    },
    now,
  );
}

/** The book of a branch is written to its end and owes its reader something, or does not any more. */
export function endReport(of: { planId: string; branch: string; open: string[]; itemIds: string[] }, now: Date) {
  const { planId, branch, open, itemIds } = of;
  const first = open.slice(0, 3).map((text) => `“${shortened(text, SHORT)}”`);
  const more = open.length > first.length ? ` and ${open.length - first.length} more` : '';
  return report(
    {
      cause: `end:${planId}@${branch}`,
      planId,
      branch,
      itemIds,
      message: `The book is written to its end and still owes its reader ${counted(open.length, 'thing')}: ${first.join(', ')}${more}.`,
      present: open.length > 0,
    },
    now,
  );
}

function report(
  subject: Pick<AlertCause, 'cause' | 'planId' | 'branch' | 'itemIds' | 'message' | 'present'>,
  now: Date,
): OutgoingMessage {
  const eventId = randomUUID();
  const body = { eventId, rule: 'obligation-overdue' as const, severity: 'warning' as const, ...subject };
  return outgoing(alertCauseReported, { ...body, occurredAt: now.toISOString() }, eventId);
}
