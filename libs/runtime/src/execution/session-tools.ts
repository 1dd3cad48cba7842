import type { ModelClient } from '@fiction/llm';
import type { Journal } from '../journal/journal';
import type { RuntimeMetrics } from '../metrics/runtime.metrics';

/** What the sessions of a process share. */
export interface SessionTools {
  journal: Journal;
  models: ModelClient;
  metrics: RuntimeMetrics;
  /** True once this process is ending. */
  isDraining: () => boolean;
}
