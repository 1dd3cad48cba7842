import type { AlertCause, BuriedMessage, FictionPlanChanged } from '@fiction/contracts';
import { Clock, Database, SERVICE_CONFIG, type ServiceConfig, type UnitOfWork } from '@fiction/platform';
import { Inject, Injectable } from '@nestjs/common';
import type { StoredEvent } from '../history/event.store';
import { mergeStates, stateOf, type RunState } from '../runs/run-state';
import { AlertStore } from './alert.store';
import { ArchivedBranches } from './archived-branches';
import { CauseReportStore } from './cause-report.store';
import { blockedTooLongAtMs, takeBlock, takeLongBlock } from './rules/blocked';
import { calmAtMs, takeCalm, takeChange } from './rules/flapping';
import { takeFailure } from './rules/on-fire';
import { isRefusal, takeOutcome, type RefusingProvider } from './rules/refusing';
import { isOfInterest, newlyTroubled, type TroubledRun } from './rules/troubled-run';
import { seen, type Sighting } from './sighting';
import { TroubleStore, type DueRun } from './trouble.store';

/** What a batch of messages brought. */
export interface News {
  stored: StoredEvent[];
  /** How branches have come to stand. */
  changes: FictionPlanChanged[];
  causes: AlertCause[];
  buried: BuriedMessage[];
}

/** Most runs looked at in one transaction of a sweep. */
const MOST_DUE = 500;

/** Looks for the causes of alerts: in what is heard, and in what only time brings about. */
@Injectable()
export class AlertWatch {
  private readonly limits: ServiceConfig['alerts'];

  constructor(
    @Inject(SERVICE_CONFIG) config: ServiceConfig,
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly troubles: TroubleStore,
    private readonly reports: CauseReportStore,
    private readonly alerts: AlertStore,
    private readonly archived: ArchivedBranches,
  ) {
    this.limits = config.alerts;
  }

  /**
   * Evaluates the rules for events that were just stored (of locked plans) and for reports. Two statements when a run is
   * in trouble, one for the alerts; none when there is nothing of interest.
   */
  async look(uow: UnitOfWork, { stored, changes, causes, buried }: News): Promise<void> {
    const sightings = await this.lookAtRuns(uow, stored);
    if (causes.length > 0) sightings.push(...(await this.reports.take(uow, causes)));
    sightings.push(...buried.map(deadLetter));
    if (changes.length > 0) sightings.push(...(await this.archived.ending(uow, changes)));
    await this.alerts.apply(uow, sightings);
  }

  /** Looks at the runs whose time has come. Any replica may, at any time: each run is looked at by one of them. */
  async sweep(): Promise<void> {
    for (let looked = MOST_DUE; looked === MOST_DUE;) {
      looked = await this.database.transaction(async (uow) => {
        const now = this.clock.now();
        const runs = await this.troubles.due(uow, now, MOST_DUE);
        if (runs.length === 0) return 0;
        const sightings = runs.flatMap((run) => [
          ...takeLongBlock(run, now.getTime(), this.limits.blockedSeconds),
          ...takeCalm(run, now.getTime(), this.limits),
        ]);
        await this.troubles.keep(uow, { runs: runs.map((run) => this.withDue(run)), providers: [] });
        await this.alerts.apply(uow, sightings);
        return runs.length;
      });
    }
  }

  private async lookAtRuns(uow: UnitOfWork, stored: StoredEvent[]): Promise<Sighting[]> {
    const firsts = firstTroubles(stored);
    const refusing = refusingProviders(stored);
    if (firsts.size === 0 && refusing.size === 0) return [];
    const known = await this.troubles.take(uow, {
      runs: [...firsts.values()].map(({ event, before }) => newlyTroubled(event, before)),
      providers: [...refusing].map((providerId) => ({ providerId, refusalsMs: [], completedMs: 0 })),
    });
    const runs = new Map(known.runs.map((run) => [run.runId, run]));
    const providers = new Map(known.providers.map((provider) => [provider.providerId, provider]));
    const sightings = this.follow(stored, runs, providers);
    await this.troubles.keep(uow, {
      runs: [...runs.values()].map((run) => this.withDue(run)),
      providers: [...providers.values()],
    });
    return sightings;
  }

  private follow(
    stored: StoredEvent[],
    runs: Map<string, TroubledRun>,
    providers: Map<string, RefusingProvider>,
  ): Sighting[] {
    const nowMs = this.clock.now().getTime();
    const states = new Map<string, RunState>();
    return stored.flatMap(({ event, before }) => {
      const provider = providers.get(event.metadata.providerId ?? '');
      const ofProvider = provider === undefined ? [] : takeOutcome(provider, event, this.limits.refusals);
      const run = runs.get(event.runId);
      if (run === undefined) return ofProvider;
      const sofar = states.get(event.runId) ?? before;
      const state = sofar === undefined ? stateOf(event) : mergeStates(sofar, stateOf(event));
      states.set(event.runId, state);
      if (event.status === 'Progress') return ofProvider;
      run.itemId = event.metadata.backlogItemId ?? run.itemId;
      return [
        ...ofProvider,
        ...takeBlock(run, event, state),
        ...takeFailure(run, event, state, this.limits.failures),
        ...takeChange(run, event, nowMs, this.limits),
      ];
    });
  }

  private withDue(run: TroubledRun): DueRun {
    const dueMs = [blockedTooLongAtMs(run, this.limits.blockedSeconds), calmAtMs(run, this.limits)].filter(
      (atMs) => atMs !== undefined,
    );
    return { run, dueMs: dueMs.length === 0 ? undefined : Math.min(...dueMs) };
  }
}

/** For each run that the rules care for, its first event of the batch: its `before` is what was known until then. */
function firstTroubles(stored: StoredEvent[]): Map<string, StoredEvent> {
  const interesting = new Set(
    stored.filter(({ event, before }) => isOfInterest(event, before)).map(({ event }) => event.runId),
  );
  const firsts = new Map<string, StoredEvent>();
  if (interesting.size === 0) return firsts;
  for (const one of stored) {
    const { runId } = one.event;
    if (interesting.has(runId) && !firsts.has(runId)) firsts.set(runId, one);
  }
  return firsts;
}

/** The providers of refusals, and those that answer again. */
function refusingProviders(stored: StoredEvent[]): Set<string> {
  return new Set(
    stored.flatMap(({ event, afterRefusal }) => {
      const matters = isRefusal(event) || (afterRefusal && event.status === 'Completed');
      return matters && event.metadata.providerId !== undefined ? [event.metadata.providerId] : [];
    }),
  );
}

function deadLetter({ service, subject, planId, messageId, problem }: BuriedMessage): Sighting {
  return seen({
    rule: 'dead-letter',
    cause: `${service} ${subject}`,
    severity: 'warning',
    planId,
    branch: null,
    itemIds: [],
    message: `${service} could not handle a message of ${subject} and put it aside. This alert stays until somebody resolves it. ${problem}`,
    details: { service, subject, messageId },
  });
}
