import {
  planChanged,
  runFinished,
  runProgressed,
  type PlanEvent,
  type RunEvent,
  type RunNews,
} from '@fiction/contracts';
import { MessageHandlers } from '@fiction/messaging';
import type { UnitOfWork } from '@fiction/platform';
import { Injectable } from '@nestjs/common';
import { FeedPublisher } from '../feed/feed.publisher';
import { HistoryMetrics } from '../metrics/history.metrics';
import { PlanStore } from '../plans/plan.store';
import { RunStateStore } from '../runs/run-state.store';
import { EventStore } from './event.store';

/** What telemetry hears of. */
export type HistoryEvent = RunEvent | PlanEvent;

/** Writes what happened into the history: each event once, each plan's run events numbered from 1 without a gap. */
@Injectable()
export class HistoryRecorder {
  constructor(
    handlers: MessageHandlers,
    private readonly plans: PlanStore,
    private readonly events: EventStore,
    private readonly states: RunStateStore,
    private readonly feed: FeedPublisher,
    private readonly metrics: HistoryMetrics,
  ) {
    // One function for all, so that a batch is stored in one go and its plans are locked in one order.
    const record = (bodies: (RunNews | PlanEvent)[], uow: UnitOfWork): Promise<void> =>
      this.record(
        bodies.flatMap<HistoryEvent>((body) => ('events' in body ? body.events : [body])),
        uow,
      );
    handlers.register(runProgressed, record);
    handlers.register(runFinished, record);
    handlers.register(planChanged, record);
  }

  /** Stores events in the order in which they arrived; the feed hears of them after the commit. */
  async record(bodies: HistoryEvent[], uow: UnitOfWork): Promise<void> {
    const different = [...new Map(bodies.map((body) => [body.eventId, body])).values()];
    const runEvents = different.filter(isRunEvent);
    const planEvents = different.filter((body): body is PlanEvent => !isRunEvent(body));

    await this.plans.lock(
      uow,
      different.map((body) => body.planId),
    );
    if (planEvents.length > 0) await this.plans.apply(uow, planEvents);
    if (runEvents.length === 0) return;
    const stored = await this.events.store(uow, runEvents);
    if (stored.length === 0) return;
    await this.states.apply(uow, stored);
    uow.onCommit(() => {
      this.feed.publish(stored);
      this.metrics.count(stored);
    });
  }
}

function isRunEvent(body: HistoryEvent): body is RunEvent {
  return 'runId' in body;
}
