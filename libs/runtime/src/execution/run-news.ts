import type { Details } from '@fiction/contracts';
import type { EventDraft, StepRecord } from '../journal/journal.types';
import type { RecordedStep } from './recorded-steps';

/** What is told of an attempt under way: how far it is, and whether it waits. */
export class RunNews {
  private untold: { percent: number; message: string } | undefined;

  constructor(
    recorded: Map<string, RecordedStep>,
    /** How far it is, as it was told last: what was recorded is not done again. */
    public percent: number,
    /** Whether it is known to wait for its provider, which has not answered yet. */
    public waiting: boolean,
  ) {
    for (const step of recorded.values()) if (step.kind === 'model') this.percent = Math.max(5, percent);
  }

  /** A run never goes back, and is at 100 only when it is complete. */
  progress(percent: number, message: string): void {
    this.percent = Math.max(this.percent, Math.min(99, Math.round(percent)));
    this.untold = { percent: this.percent, message };
  }

  /** What is told with a step, if anything. A model that answers is no longer waited for. */
  take({ kind }: StepRecord): EventDraft | undefined {
    const goesOn = this.waiting && kind === 'model';
    if (this.untold === undefined && !goesOn) return undefined;
    const { percent, message } = this.untold ?? { percent: this.percent, message: 'continues' };
    this.untold = undefined;
    if (goesOn) this.waiting = false;
    const details: Details = goesOn ? { waits: false } : {};
    return { status: 'Progress', percent, message, checkpoint: 'in-progress', details };
  }
}
