import { someOf } from '../screen/format';
import type { ProgressEvent, ProgressPage } from './progress-event';

/** A shorter wait is nobody's concern: most are over before they are read. */
const WORTH_TELLING_MS = 5_000;
/** An attempt that goes on for this long has found what the one before waited for. */
const ATTEMPT_GOES_ON_MS = 10_000;
const PAGE = 500;
const MOST_PAGES = 4;
/** No history is that long: whoever asks for what comes after it hears only which event is the newest. */
const BEYOND_ALL = 2_147_483_647;

interface Wait {
  phase: string;
  message: string;
  /** Since when it has got nowhere. */
  sinceMs: number;
  /** How many steps it has on record: one more, and it gets on. */
  recorded: number;
  /** When the present attempt began; absent between two. */
  attemptMs?: number;
}

/** Which runs of a plan wait for their provider or are tried again, and why, as their events tell it. */
export class WaitingRuns {
  private readonly waits = new Map<string, Wait>();
  private seen?: number;

  /** @param read a page of the history after an event, oldest first */
  constructor(
    private readonly read: (afterSeq: number) => Promise<ProgressPage>,
    private readonly now: () => number = Date.now,
  ) {}

  /** Reads what has happened since, and says in a line for each reason who waits. */
  async look(): Promise<string[]> {
    this.seen ??= Math.max(0, (await this.read(BEYOND_ALL)).lastSeq - PAGE);
    for (let page = 0; page < MOST_PAGES; page++) {
      const { items, lastSeq } = await this.read(this.seen);
      for (const event of items) this.hear(event);
      this.seen = items.at(-1)?.seq ?? this.seen;
      if (this.seen >= lastSeq) return this.lines();
    }
    // Too much happens to be read: whatever waits among it tells so again.
    this.waits.clear();
    this.seen = undefined;
    return [];
  }

  private hear({ runId, phase, status, message, details, steps, occurredAt }: ProgressEvent): void {
    const known = this.waits.get(runId);
    const atMs = Date.parse(occurredAt);
    if (status === 'Resumed' && details.code !== undefined) {
      const recorded = steps?.recorded ?? known?.recorded ?? 0;
      const isStuck = known !== undefined && recorded <= known.recorded;
      this.waits.set(runId, { phase, message, recorded, sinceMs: isStuck ? known.sinceMs : atMs });
    } else if (known && isUnderWay(status) && (steps?.recorded ?? 0) <= known.recorded) known.attemptMs ??= atMs;
    else this.waits.delete(runId);
  }

  private lines(): string[] {
    const runs = new Map<string, string[]>();
    for (const { phase, message, sinceMs, attemptMs } of this.waits.values()) {
      const goesOn = attemptMs !== undefined && this.now() - attemptMs > ATTEMPT_GOES_ON_MS;
      if (goesOn || this.now() - sinceMs < WORTH_TELLING_MS) continue;
      runs.set(message, [...(runs.get(message) ?? []), phase]);
    }
    return [...runs].map(([message, phases]) => {
      const who = someOf([...new Set(phases)].sort());
      return message.startsWith('waits for ') ? `${who} ${message}` : `${who} is tried again: ${message}`;
    });
  }
}

/** An attempt that has begun, and tells of what it is about to do. */
function isUnderWay(status: string): boolean {
  return status === 'Started' || status === 'Progress';
}
