import type { FictionPlanChanged } from '@fiction/contracts';

/**
 * What one subscriber is told of how a plan's branches stand: the latest of each branch, once, and not before the events
 * that led to it. Changes have no numbers of their own, so that whatever comes late, twice or not at all is set right by
 * the next look at what telemetry keeps.
 */
export class BranchChanges {
  private readonly told = new Map<string, FictionPlanChanged>();
  private readonly waiting = new Map<string, FictionPlanChanged>();

  hear(changes: readonly FictionPlanChanged[]): void {
    for (const change of changes) {
      const known = this.waiting.get(change.branch) ?? this.told.get(change.branch);
      if (known === undefined || isNews(change, known)) this.waiting.set(change.branch, change);
    }
  }

  /** Takes what may be told now that the subscriber has all events up to `seq`, in the order in which it happened. */
  take(seq: number): FictionPlanChanged[] {
    const due = [...this.waiting.values()]
      .filter(({ afterSeq }) => afterSeq <= seq)
      .sort((one, other) => one.afterSeq - other.afterSeq || momentOf(one) - momentOf(other));
    for (const change of due) {
      this.waiting.delete(change.branch);
      this.told.set(change.branch, change);
    }
    return due;
  }
}

const momentOf = ({ occurredAt }: FictionPlanChanged): number => Date.parse(occurredAt);

/** Of two of the same moment that differ, the one that is heard later counts. */
function isNews(change: FictionPlanChanged, known: FictionPlanChanged): boolean {
  const later = momentOf(change) - momentOf(known);
  if (later !== 0) return later > 0;
  return change.status !== known.status || change.reason !== known.reason || change.primary !== known.primary;
}
