import type { FictionPhaseProgressed, FictionPlanChanged } from '@fiction/contracts';
import { BranchChanges } from './branch-changes';

/** Events asked for at a time. */
const PAGE = 200;

/** A plan's numbered history: the events after `afterSeq`, oldest first, and the number of the newest. */
export interface History {
  read(planId: string, afterSeq: number, limit: number): Promise<{ events: FictionPhaseProgressed[]; lastSeq: number }>;
}

/** The number of a plan's newest event, and how its branches stand. */
export interface PlanState {
  lastSeq: number;
  changes: FictionPlanChanged[];
}

/** Where events go. */
export interface PumpSink {
  emit(event: FictionPhaseProgressed): void;
  emitChange(change: FictionPlanChanged): void;
  /** Resolves when there is room for another page; false when there never will be. */
  ready(): Promise<boolean>;
}

/**
 * Brings a plan's events to one subscriber, each once and in order, whatever the live feed loses, repeats or mixes up:
 * an event is passed on when it is the next one, and in no other case. Anything later only says that there is a gap,
 * and gaps are filled from history. So nothing of them is kept here but the number of the last one passed on. How branches
 * stand is told in between.
 */
export class Pump {
  private filling = false;
  private again = false;
  private closed = false;
  private readonly changes = new BranchChanges();

  constructor(
    readonly planId: string,
    private last: number,
    private readonly history: History,
    private readonly sink: PumpSink,
    private readonly onError: (error: unknown) => void,
  ) {}

  /** Number of the last event passed on. */
  get lastSeq(): number {
    return this.last;
  }

  /** Live events, or those of a page of history. */
  offer(events: readonly FictionPhaseProgressed[]): void {
    for (const event of events) {
      if (this.closed) return;
      if (event.seq === this.last + 1) {
        this.last = event.seq;
        this.sink.emit(event);
      } else if (event.seq > this.last) {
        this.fill();
        break;
      }
    }
    this.tellChanges();
  }

  /** How branches stand; told when the events before it have been passed on. */
  hear(changes: readonly FictionPlanChanged[]): void {
    this.changes.hear(changes);
    this.tellChanges();
  }

  /** Says that history goes at least as far as `seq`. */
  reaches(seq: number): void {
    if (seq > this.last) this.fill();
  }

  /** Fetches what history has after the last event. While that is going on, asking again only repeats it once. */
  fill(): void {
    if (this.closed) return;
    this.again = true;
    if (this.filling) return;
    this.filling = true;
    void this.fillNow();
  }

  close(): void {
    this.closed = true;
  }

  private tellChanges(): void {
    if (this.closed) return;
    for (const change of this.changes.take(this.last)) this.sink.emitChange(change);
  }

  private async fillNow(): Promise<void> {
    try {
      while (this.again && !this.closed) {
        this.again = false;
        await this.catchUp();
      }
    } catch (error) {
      // The next live event or check finds the gap again.
      this.onError(error);
    } finally {
      this.filling = false;
    }
  }

  private async catchUp(): Promise<void> {
    for (;;) {
      if (!(await this.sink.ready()) || this.closed) return;
      const before = this.last;
      const page = await this.history.read(this.planId, before, PAGE);
      for (const event of page.events) {
        if (this.closed) return;
        if (event.seq !== this.last + 1) continue;
        this.last = event.seq;
        this.sink.emit(event);
      }
      this.tellChanges();
      if (this.last >= page.lastSeq || this.last === before) return;
    }
  }
}
