import type { SceneGate } from '@fiction/contracts';
import type { ModelTask } from '@fiction/llm';
import { proseTokens, SCENE_AUTHOR, SCENE_RULES, type SceneDraftMaterial } from './scene-draft.prompt';

export interface SceneFinding {
  gate: SceneGate | 'critique';
  message: string;
  /** The words it concerns, where there are any. */
  quote: string | null;
}

export type SceneReviseMaterial = SceneDraftMaterial & {
  prose: string;
  findings: SceneFinding[];
};

const INSTRUCTIONS = `${SCENE_AUTHOR}
Revise the scene in prose so that every finding is settled.
- findings with a gate other than "critique" are facts: the scene is refused as long as one stands. "beats": a phrase that
  must stand in the text to the letter is missing: play that beat. "length": add what is seen and said, or cut what is said
  twice. "known-names": do not use that name. "locked-facts": what is quoted contradicts a fact.
  "knowledge": what is quoted tells what scene.pov cannot know yet: cut it, or make it a guess. "pov", "repetition": as named.
- Findings of "critique" are an editor's advice at the quoted words: follow it, or do better.
- Change what the findings ask for and leave the rest standing, word for word where you can.
The rules of the page still hold:
${SCENE_RULES}
Write in the language with the tag in book.language. Answer with the whole revised prose only, paragraphs separated by
blank lines.`;

/** The next version of a scene that gates or critique did not let pass. */
export function sceneReviseTask(material: SceneReviseMaterial): ModelTask {
  return {
    task: 'scene.revise',
    material,
    instructions: INSTRUCTIONS,
    maxOutputTokens: proseTokens(material.targetWords),
    temperature: 0.8,
  };
}
