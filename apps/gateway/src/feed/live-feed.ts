import { FEED_SUBJECT, feedSchema, type FictionPhaseProgressed, type FictionPlanChanged } from '@fiction/contracts';
import { Bus } from '@fiction/messaging';
import { Injectable, Logger } from '@nestjs/common';
import type { Msg, Subscription } from 'nats';

/** Hears of a plan's new events; what is not for a plan that is `wanted` is not even read. */
export interface FeedListener {
  wanted(planId: string): boolean;
  heard(planId: string, events: FictionPhaseProgressed[], changes: FictionPlanChanged[]): void;
}

/** Telemetry's feed of new events. Every replica hears all of it; what is lost on the way is found in history. */
@Injectable()
export class LiveFeed {
  private readonly log = new Logger(LiveFeed.name);
  private subscription: Subscription | undefined;

  constructor(private readonly bus: Bus) {}

  start(listener: FeedListener): void {
    this.subscription = this.bus.nats.subscribe(`${FEED_SUBJECT}.>`, {
      callback: (error, message) => (error === null ? this.receive(message, listener) : this.log.warn(error.message)),
    });
  }

  onReconnect(hook: () => void): void {
    this.bus.onReconnect(hook);
  }

  stop(): void {
    this.subscription?.unsubscribe();
  }

  private receive(message: Msg, listener: FeedListener): void {
    const planId = message.subject.slice(FEED_SUBJECT.length + 1);
    if (!listener.wanted(planId)) return;
    try {
      const feed = feedSchema.parse(message.json());
      if (feed.planId === planId) listener.heard(planId, feed.events, feed.changes);
    } catch (error) {
      // Its events are in history all the same.
      this.log.warn(`a feed message cannot be read: ${String(error)}`);
    }
  }
}
