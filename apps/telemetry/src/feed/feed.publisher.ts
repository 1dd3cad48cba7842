import { FEED_SUBJECT, type FictionPlanChanged } from '@fiction/contracts';
import { Bus } from '@fiction/messaging';
import { Injectable, Logger } from '@nestjs/common';
import type { StoredEvent } from '../history/event.store';

/** A feed message ends before this size, unless one event alone is larger. NATS takes 1 MB. */
const MESSAGE_BYTES = 500_000;
/** A subject's token holds no blanks and no wildcards. */
const TOKEN = /^[^\s*>]+$/;

/**
 * Tells the gateways, live, what was just committed. Nothing depends on it: who missed a number asks for it. Messages
 * of two replicas may overtake each other; the numbers tell.
 */
@Injectable()
export class FeedPublisher {
  private readonly log = new Logger(FeedPublisher.name);

  constructor(private readonly bus: Bus) {}

  /** One message per plan, more when they would be too large. Never throws. */
  publish(stored: StoredEvent[]): void {
    for (const [planId, events] of byPlan(stored)) this.send(planId, feedBodies(planId, events));
  }

  /** How branches stand now, after the events that led to it. Never throws. */
  publishChanges(changes: FictionPlanChanged[]): void {
    for (const change of changes) {
      this.send(change.planId, [JSON.stringify({ planId: change.planId, events: [], changes: [change] })]);
    }
  }

  private send(planId: string, bodies: string[]): void {
    if (!TOKEN.test(planId)) return;
    try {
      for (const body of bodies) this.bus.nats.publish(`${FEED_SUBJECT}.${planId}`, body);
    } catch (error) {
      this.log.debug(`the feed of ${planId} has a gap: ${String(error)}`);
    }
  }
}

/** The messages that bring the events of one plan, in order. */
export function feedBodies(planId: string, events: Pick<StoredEvent, 'seq' | 'document'>[]): string[] {
  const bodies: string[] = [];
  let documents: string[] = [];
  let bytes = 0;
  const end = (): void => {
    if (documents.length > 0) bodies.push(`{"planId":${JSON.stringify(planId)},"events":[${documents.join(',')}]}`);
    documents = [];
    bytes = 0;
  };
  for (const { seq, document } of events) {
    const next = `{"seq":${seq},${document.slice(1)}`;
    const size = Buffer.byteLength(next) + 1;
    if (bytes + size > MESSAGE_BYTES) end();
    documents.push(next);
    bytes += size;
  }
  end();
  return bodies;
}

function byPlan(stored: StoredEvent[]): Map<string, StoredEvent[]> {
  const plans = new Map<string, StoredEvent[]>();
  for (const one of stored) {
    const events = plans.get(one.event.planId);
    if (events === undefined) plans.set(one.event.planId, [one]);
    else events.push(one);
  }
  return plans;
}
