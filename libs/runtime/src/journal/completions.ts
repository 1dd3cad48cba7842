import type { RunEvent } from '@fiction/contracts';
import type { UnitOfWork } from '@fiction/platform';
import { Injectable } from '@nestjs/common';

/** What follows the completion of runs of this service. What it hears comes a second time, by the bus. */
export interface CompletionListener {
  /** Called before the runs' effects: whoever locks rows that many runs have in common does it here, in one order. */
  prepare(uow: UnitOfWork, events: RunEvent[]): Promise<unknown>;
  /** Called after them. What fails here is heard by the bus alone. */
  completed(uow: UnitOfWork, events: RunEvent[]): Promise<void>;
}

/** For the service that decides what follows a run: of its own it hears in the transaction that completes them. */
@Injectable()
export class Completions {
  private only: CompletionListener | undefined;

  get listener(): CompletionListener | undefined {
    return this.only;
  }

  /** To be called once, while the service starts. */
  listen(listener: CompletionListener): void {
    this.only = listener;
  }
}
