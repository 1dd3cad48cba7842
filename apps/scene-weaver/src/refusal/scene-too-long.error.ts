import { MOST_PROSE } from '@fiction/contracts';
import { PermanentRunError } from '@fiction/runtime';

/** A reflection goes to the world bible with the prose, in one message of the bus, and that is bounded. */
export class SceneTooLongError extends PermanentRunError {
  constructor(characters: number) {
    const much = `the scene has ${characters} characters, and at most ${MOST_PROSE} can be filed`;
    super('SCENE_TOO_LONG', `${much}: plan more, shorter scenes`);
  }
}

/** @throws SceneTooLongError before anything is asked about a scene that cannot be filed */
export function refuseTooLong(prose: string): void {
  if (prose.length > MOST_PROSE) throw new SceneTooLongError(prose.length);
}
