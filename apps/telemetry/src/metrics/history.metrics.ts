import {
  ALERT_CHANGES,
  ALERT_RULES,
  FINAL_STATUSES,
  PHASES,
  PROGRESS_STATUSES,
  wordsOf,
  type AlertChange,
} from '@fiction/contracts';
import { fromZero, METRICS_REGISTRY } from '@fiction/platform';
import { Inject, Injectable } from '@nestjs/common';
import { Counter, Histogram, type Registry } from 'prom-client';
import type { StoredEvent } from '../history/event.store';

const BATCH_SIZES = [1, 2, 4, 8, 16, 32, 64, 128, 256];
const DELAYS_SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5, 30, 120];

/** What goes through the history, counted. Labels come from the contracts' own bounded sets. */
@Injectable()
export class HistoryMetrics {
  private readonly eventsStored: Counter;
  private readonly runsFinished: Counter;
  private readonly words: Counter;
  private readonly batchSize: Histogram;
  private readonly delay: Histogram;
  private readonly alertChanges: Counter;

  constructor(@Inject(METRICS_REGISTRY) registry: Registry) {
    const registers = [registry];
    const labelNames = ['phase', 'status'];
    this.eventsStored = new Counter({
      name: 'fiction_events_stored_total',
      help: 'Run events stored in the history',
      labelNames,
      registers,
    });
    this.runsFinished = new Counter({
      name: 'fiction_runs_finished_total',
      help: 'Ends of runs heard of: Completed, Failed, Blocked, Cancelled',
      labelNames,
      registers,
    });
    this.words = new Counter({
      name: 'fiction_words_total',
      help: 'Words of the scenes that were completed',
      registers,
    });
    this.batchSize = new Histogram({
      name: 'fiction_event_batch_size',
      help: 'Events stored in one transaction',
      buckets: BATCH_SIZES,
      registers,
    });
    this.delay = new Histogram({
      name: 'fiction_event_delay_seconds',
      help: 'From an event to its place in the history, for the oldest event of each transaction',
      buckets: DELAYS_SECONDS,
      registers,
    });
    this.alertChanges = new Counter({
      name: 'fiction_alert_changes_total',
      help: 'Alerts opened, reopened, acknowledged, resolved',
      labelNames: ['rule', 'change'],
      registers,
    });
    fromZero(this.eventsStored, { phase: PHASES, status: PROGRESS_STATUSES });
    fromZero(this.runsFinished, { phase: PHASES, status: FINAL_STATUSES });
    fromZero(this.alertChanges, { rule: ALERT_RULES, change: ALERT_CHANGES });
  }

  /** Counts what became of alerts, once for each change whichever replica hears of it. */
  countAlerts(changes: AlertChange[]): void {
    for (const { change, alert } of changes) this.alertChanges.inc({ rule: alert.rule, change });
  }

  /** Counts events that were committed. */
  count(stored: StoredEvent[]): void {
    let oldestMs = Number.POSITIVE_INFINITY;
    for (const { event } of stored) {
      const labels = { phase: event.phase, status: event.status };
      this.eventsStored.inc(labels);
      if (FINAL_STATUSES.has(event.status)) this.runsFinished.inc(labels);
      this.words.inc(wordsOf(event) ?? 0);
      oldestMs = Math.min(oldestMs, Date.parse(event.occurredAt));
    }
    this.batchSize.observe(stored.length);
    this.delay.observe(Math.max(0, Date.now() - oldestMs) / 1000);
  }
}
