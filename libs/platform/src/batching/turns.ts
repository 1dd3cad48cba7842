import { setImmediate as immediate } from 'node:timers/promises';

/**
 * Spreads heavy work that comes due all at once: one piece a turn of the event loop, so that what arrives meanwhile is
 * answered in between.
 */
export class Turns {
  private last = Promise.resolve();

  /** Resolves when it is the caller's turn: in the order of the calls. */
  next(): Promise<void> {
    this.last = this.last.then(() => immediate());
    return this.last;
  }
}
