import type { Clock } from '../clock';
import type { SharedRedis } from '../limits/minute-budget';
import type { ProvidersFile } from '../providers/providers-file';
import { createRehearsalModel } from '../rehearsal';
import type { RehearsalFactory } from './build-model';
import { ModelClient } from './model-client';

export interface ModelClientOptions {
  providers: ProvidersFile;
  /** Shares requests and tokens a minute between processes; without it each process counts for itself. */
  shared?: SharedRedis;
  clock?: Clock;
  /** Stands in for the built-in rehearsal model. */
  rehearsal?: RehearsalFactory;
}

/** The client of a process: make one, share it, `close()` it at the end. */
export function createModelClient(options: ModelClientOptions): ModelClient {
  return new ModelClient(options.providers, options.rehearsal ?? createRehearsalModel, options.shared, options.clock);
}
