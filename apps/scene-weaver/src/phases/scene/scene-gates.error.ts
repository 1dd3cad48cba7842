import { PermanentRunError } from '@fiction/runtime';

/** The scene did not pass its gates however often it was revised. */
export class SceneGatesError extends PermanentRunError {
  constructor(message: string, findings: string[]) {
    super('SCENE_GATES_FAILED', message, { findings });
  }
}
