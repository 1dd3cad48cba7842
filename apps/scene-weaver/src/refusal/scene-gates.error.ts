import type { Contradiction } from '@fiction/contracts';
import { PermanentRunError } from '@fiction/runtime';

/** The scene did not pass its gates however often it was revised. What contradicts a locked fact the writer may waive. */
export class SceneGatesError extends PermanentRunError {
  constructor(message: string, findings: string[], contradictions: Contradiction[]) {
    super('SCENE_GATES_FAILED', message, { findings, ...(contradictions.length > 0 && { contradictions }) });
  }
}
