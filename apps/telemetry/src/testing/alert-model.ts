import type { AlertCause, RunEvent } from '@fiction/contracts';

const MINUTE_MS = 60_000;

/** The limits the model goes by; a fixture is given the same. */
export const LIMITS = { blockedSeconds: 900, failures: 3, flapChanges: 6, flapMinutes: 10, refusals: 3 };

interface RunModel {
  changesMs: number[];
  flapping: boolean;
  blockedSinceMs: number | undefined;
  told: boolean;
  lacksMetadata: boolean;
  failures: RunEvent[];
}

/**
 * Which alerts there should be, computed the plain way, from everything that ever happened and in its order: no rows, no
 * batches, no merging.
 */
export class AlertModel {
  /** Rule and cause of each alert that is not resolved. */
  readonly open = new Set<string>();
  private readonly runs = new Map<string, RunModel>();
  private readonly outcomes = new Map<string, { atMs: number; refused: boolean }[]>();
  private readonly reports = new Map<string, number>();

  event(event: RunEvent, nowMs: number): void {
    const run = this.run(event.runId);
    const atMs = Date.parse(event.occurredAt);
    this.flap(event, run, atMs, nowMs);
    this.block(event, run, atMs);
    if (event.status === 'Completed') {
      run.failures = [];
      this.open.delete(`item-on-fire ${event.runId}`);
    }
    if (event.status === 'Failed') run.failures.push(event);
    if (event.status === 'Cancelled') this.open.delete(`item-on-fire ${event.runId}`);
    // Whether a person has resumed it, on the same input, since it failed before.
    const again = run.failures.some(({ revision }) => resumptionsOf(run.failures, revision).size > 1);
    if (event.status === 'Failed' && (again || run.failures.length >= LIMITS.failures))
      this.open.add(`item-on-fire ${event.runId}`);
    this.provider(event, atMs);
  }

  report({ rule, cause, present, occurredAt }: AlertCause): void {
    const key = `${rule} ${cause}`;
    const atMs = Date.parse(occurredAt);
    if (atMs < (this.reports.get(key) ?? 0)) return;
    this.reports.set(key, atMs);
    if (present) this.open.add(key);
    else this.open.delete(key);
  }

  sweep(nowMs: number): void {
    for (const [runId, run] of this.runs) {
      const { blockedSinceMs } = run;
      if (blockedSinceMs !== undefined && !run.told && blockedSinceMs + LIMITS.blockedSeconds * 1000 <= nowMs) {
        run.told = true;
        this.open.add(`item-blocked ${runId}`);
      }
      this.calm(runId, run, nowMs);
    }
  }

  private run(runId: string): RunModel {
    const known = this.runs.get(runId);
    if (known !== undefined) return known;
    const run: RunModel = {
      changesMs: [],
      flapping: false,
      blockedSinceMs: undefined,
      told: false,
      lacksMetadata: false,
      failures: [],
    };
    this.runs.set(runId, run);
    return run;
  }

  private flap(event: RunEvent, run: RunModel, atMs: number, nowMs: number): void {
    this.calm(event.runId, run, nowMs);
    run.changesMs.push(atMs);
    if (lately(run, nowMs) <= LIMITS.flapChanges) return;
    run.flapping = true;
    this.open.add(`flapping ${event.runId}`);
  }

  private calm(runId: string, run: RunModel, nowMs: number): void {
    if (!run.flapping || lately(run, nowMs) >= LIMITS.flapChanges / 2) return;
    run.flapping = false;
    this.open.delete(`flapping ${runId}`);
  }

  private block({ runId, status, details }: RunEvent, run: RunModel, atMs: number): void {
    if (status === 'Enqueued' || status === 'Resumed') {
      run.blockedSinceMs = undefined;
      return;
    }
    const lacked = run.lacksMetadata;
    run.lacksMetadata = status === 'Blocked' && details['reason'] === 'METADATA_MISSING';
    if (run.lacksMetadata) this.open.add(`metadata-missing ${runId}`);
    else if (lacked) this.open.delete(`metadata-missing ${runId}`);
    run.blockedSinceMs = status === 'Blocked' && !run.lacksMetadata ? atMs : undefined;
    run.told = false;
    if (status !== 'Blocked' || run.lacksMetadata) this.open.delete(`item-blocked ${runId}`);
  }

  private provider({ status, details, metadata }: RunEvent, atMs: number): void {
    const refused = (status === 'Resumed' || status === 'Failed') && details['code'] === 'PROVIDER_TIMEOUT';
    if (!refused && status !== 'Completed') return;
    const providerId = metadata.providerId!;
    const outcomes = [...(this.outcomes.get(providerId) ?? []), { atMs, refused }];
    this.outcomes.set(providerId, outcomes);
    if (!refused) this.open.delete(`provider-refusing ${providerId}`);
    const last = outcomes.slice(-LIMITS.refusals);
    const together = last.length === LIMITS.refusals && atMs - last[0]!.atMs <= 10 * MINUTE_MS;
    if (together && last.every((outcome) => outcome.refused)) this.open.add(`provider-refusing ${providerId}`);
  }
}

function resumptionsOf(failures: RunEvent[], revision: number): Set<number> {
  return new Set(failures.filter((failure) => failure.revision === revision).map(({ resumption }) => resumption));
}

function lately({ changesMs }: RunModel, nowMs: number): number {
  return changesMs.filter((changeMs) => changeMs > nowMs - LIMITS.flapMinutes * MINUTE_MS).length;
}
