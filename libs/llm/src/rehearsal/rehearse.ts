import { critiqueScene, reflectScene, summariseScene } from './scene/answers';
import { draftScene } from './scene/draft';
import { reviseScene } from './scene/revise';
import { RehearsalError } from './rehearsal.error';
import { composeBlueprint } from './tasks/blueprint';
import { checkLore, draftLore } from './tasks/lore';
import { composePlanPass } from './tasks/plan-pass';
import { composeScroll } from './tasks/scroll';
import { composeVision } from './tasks/vision';
import { composeDomain } from './tasks/world';

/** One sentence for the colophon of a book this model wrote. */
export const REHEARSAL_NOTICE =
  'This is a rehearsal: the text was put together offline by the built-in rehearsal model, from English word banks and the brief, to show and test the whole way of a book; no language model has written it.';

const STRUCTURED: Record<string, (material: unknown) => unknown> = {
  'vision.compose': composeVision,
  'world.domain': composeDomain,
  'planner.pass': composePlanPass,
  'blueprint.compose': composeBlueprint,
  'scroll.compose': composeScroll,
  'lore.draft': draftLore,
  'lore.check': checkLore,
  'scene.critique': critiqueScene,
  'scene.reflect': reflectScene,
  'scene.summarise': summariseScene,
};

const PROSE: Record<string, (material: unknown) => string> = {
  'scene.draft': draftScene,
  'scene.revise': reviseScene,
};

/** The tasks the rehearsal model can do. */
export const REHEARSED_TASKS: readonly string[] = [...Object.keys(STRUCTURED), ...Object.keys(PROSE)];

/**
 * Answers a task as the rehearsal model does: the same answer for the same task and material, on every machine.
 * @param schema the JSON schema asked for, if any; only its presence matters, because the answers fit by construction
 * @throws RehearsalError for a task with a schema that it does not know, and for material it cannot read
 */
export function rehearse(task: string, material: unknown, schema?: unknown): string {
  const structured = STRUCTURED[task];
  if (structured !== undefined) return JSON.stringify(attempt(task, material, structured));
  const prose = PROSE[task];
  if (prose !== undefined) return attempt(task, material, prose);
  if (schema === undefined) return `${REHEARSAL_NOTICE} It has not learnt the task "${task}".`;
  throw new RehearsalError(
    'REHEARSAL_UNKNOWN_TASK',
    `The rehearsal model does not know the task "${task}", so it cannot answer in the shape asked for. It knows: ${REHEARSED_TASKS.join(', ')}.`,
  );
}

function attempt<T>(task: string, material: unknown, answer: (material: unknown) => T): T {
  try {
    return answer(material);
  } catch (error) {
    if (!(error instanceof TypeError || error instanceof RangeError)) throw error;
    throw new RehearsalError(
      'REHEARSAL_MATERIAL_UNREADABLE',
      `The rehearsal model cannot do "${task}" with this material: ${error.message}`,
      { cause: error },
    );
  }
}
