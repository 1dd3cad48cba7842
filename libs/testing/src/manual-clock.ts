import type { Clock } from '@fiction/platform';

/** A clock that stands still until a test moves it. */
export class ManualClock implements Clock {
  constructor(private nowMs: number = Date.UTC(2026, 0, 1)) {}

  now(): Date {
    return new Date(this.nowMs);
  }

  advance(ms: number): void {
    this.nowMs += ms;
  }
}
