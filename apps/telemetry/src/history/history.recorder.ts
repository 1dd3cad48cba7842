import {
  alertCauseReported,
  alertChanged,
  branchChanged,
  messageBuried,
  planChanged,
  runFinished,
  runProgressed,
  runStarted,
  type AlertCause,
  type AlertChange,
  type BranchEvent,
  type BuriedMessage,
  type MessageContract,
  type PlanEvent,
  type RunEvent,
  type RunNews,
} from '@fiction/contracts';
import { MessageHandlers } from '@fiction/messaging';
import type { UnitOfWork } from '@fiction/platform';
import { Injectable } from '@nestjs/common';
import { AlertWatch } from '../alerts/alert-watch';
import { FeedPublisher } from '../feed/feed.publisher';
import { HistoryMetrics } from '../metrics/history.metrics';
import { PlanStore } from '../plans/plan.store';
import { RunStateStore } from '../runs/run-state.store';
import { EventStore } from './event.store';

/** What telemetry hears of. */
export type HistoryEvent = RunEvent | PlanEvent | BranchEvent | AlertCause | BuriedMessage | AlertChange;

/**
 * Writes what happened into the history: each event once, each plan's run events numbered from 1 without a gap. What it
 * says of alerts goes to their rules, in the same transaction.
 */
@Injectable()
export class HistoryRecorder {
  constructor(
    handlers: MessageHandlers,
    private readonly plans: PlanStore,
    private readonly events: EventStore,
    private readonly states: RunStateStore,
    private readonly feed: FeedPublisher,
    private readonly metrics: HistoryMetrics,
    private readonly alerts: AlertWatch,
  ) {
    // One function for all, so that a batch is stored in one go and its plans are locked in one order.
    const record = (bodies: (RunNews | HistoryEvent)[], uow: UnitOfWork): Promise<void> =>
      this.record(
        bodies.flatMap<HistoryEvent>((body) => ('events' in body ? body.events : [body])),
        uow,
      );
    const contracts = [
      runStarted,
      runProgressed,
      runFinished,
      planChanged,
      branchChanged,
      alertCauseReported,
      messageBuried,
      alertChanged,
    ];
    for (const contract of contracts as MessageContract<RunNews | HistoryEvent>[]) handlers.register(contract, record);
  }

  /** Stores events in the order in which they arrived; the feed hears of them after the commit. */
  async record(bodies: HistoryEvent[], uow: UnitOfWork): Promise<void> {
    const heard = sorted([...new Map(bodies.map((body) => [body.eventId, body])).values()]);
    const planIds = [...heard.runs, ...heard.plans].map((event) => event.planId);
    if (planIds.length > 0) await this.plans.lock(uow, planIds);
    const stored = heard.runs.length > 0 ? await this.events.store(uow, heard.runs) : [];
    if (stored.length > 0) await this.states.apply(uow, stored);
    const changes = heard.plans.length > 0 ? await this.plans.apply(uow, heard.plans) : [];
    await this.alerts.look(uow, { stored, changes, causes: heard.causes, buried: heard.buried });
    uow.onCommit(() => {
      if (stored.length > 0) {
        this.feed.publish(stored);
        this.metrics.count(stored);
      }
      if (changes.length > 0) this.feed.publishChanges(changes);
      this.metrics.countAlerts(heard.alerts);
    });
  }
}

interface Heard {
  runs: RunEvent[];
  plans: (PlanEvent | BranchEvent)[];
  causes: AlertCause[];
  buried: BuriedMessage[];
  alerts: AlertChange[];
}

/** Events by what they are, told by the field that only they have. */
function sorted(events: HistoryEvent[]): Heard {
  const heard: Heard = { runs: [], plans: [], causes: [], buried: [], alerts: [] };
  for (const event of events) {
    if ('runId' in event) heard.runs.push(event);
    else if ('cause' in event) heard.causes.push(event);
    else if ('messageId' in event) heard.buried.push(event);
    else if ('alert' in event) heard.alerts.push(event);
    else heard.plans.push(event);
  }
  return heard;
}
