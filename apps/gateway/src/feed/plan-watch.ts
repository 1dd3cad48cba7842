import type { FictionPhaseProgressed, FictionPlanChanged, PlanStatus } from '@fiction/contracts';
import type { PlanState, Pump } from './pump';

/** How often history is asked whether the feed has lost something, in milliseconds. */
export const CHECK_EVERY_MS = 2_000;
/** The same for a plan of which nothing more is expected. */
const CHECK_FINISHED_EVERY_MS = 30_000;
/** How often a quiet plan is asked whether it is finished, in milliseconds. */
const ASK_STATUS_EVERY_MS = 10_000;

const FINISHED: ReadonlySet<PlanStatus> = new Set(['complete', 'failed', 'archived']);

export interface PlanWatchSources {
  /** As history has it; only its end is looked at, after an event that is known. */
  state: (planId: string, afterSeq: number) => Promise<PlanState>;
  status: (planId: string) => Promise<PlanStatus>;
  now: () => number;
}

/** All who watch one plan on this replica; they share its checks. */
export class PlanWatch {
  private readonly pumps = new Set<Pump>();
  private finished = false;
  private nextCheck: number;
  private nextStatus: number;

  constructor(
    private readonly planId: string,
    private readonly sources: PlanWatchSources,
  ) {
    this.nextCheck = sources.now() + CHECK_EVERY_MS;
    this.nextStatus = sources.now();
  }

  get size(): number {
    return this.pumps.size;
  }

  add(pump: Pump): void {
    this.pumps.add(pump);
  }

  remove(pump: Pump): void {
    this.pumps.delete(pump);
  }

  heard(events: FictionPhaseProgressed[], changes: FictionPlanChanged[] = []): void {
    this.moves(this.sources.now());
    for (const pump of this.pumps) {
      pump.offer(events);
      pump.hear(changes);
    }
  }

  /** Makes the next check due at once, whether or not the plan is finished. */
  hurry(): void {
    this.nextCheck = this.sources.now();
  }

  /** When it is time for it: has history more than the feed has brought? */
  async check(): Promise<void> {
    const now = this.sources.now();
    if (now < this.nextCheck || this.pumps.size === 0) return;
    this.nextCheck = now + (this.finished ? CHECK_FINISHED_EVERY_MS : CHECK_EVERY_MS);
    const behind = Math.min(...[...this.pumps].map((pump) => pump.lastSeq));
    const { lastSeq, changes } = await this.sources.state(this.planId, behind);
    for (const pump of this.pumps) {
      pump.reaches(lastSeq);
      pump.hear(changes);
    }
    if (lastSeq > behind) this.moves(now);
    else await this.askStatus(now);
  }

  private moves(now: number): void {
    this.finished = false;
    this.nextCheck = Math.min(this.nextCheck, now + CHECK_EVERY_MS);
  }

  private async askStatus(now: number): Promise<void> {
    if (this.finished || now < this.nextStatus) return;
    this.nextStatus = now + ASK_STATUS_EVERY_MS;
    this.finished = FINISHED.has(await this.sources.status(this.planId));
  }
}
