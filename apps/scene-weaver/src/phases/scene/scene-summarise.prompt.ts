import { sceneSummarySchema, type SceneSummary } from '@fiction/contracts';
import type { ModelTask } from '@fiction/llm';
import type { SceneDraftMaterial } from './scene-draft.prompt';

/** No more than it needs, as it must tell nothing but what stands in the prose; what it has begins as a draft's does. */
export type SceneSummariseMaterial = Pick<SceneDraftMaterial, 'book' | 'author' | 'chapter' | 'scene'> & {
  prose: string;
};

const INSTRUCTIONS = `You keep the memory of a novel: after each scene you say what happened, for whoever writes the next one.
Sum up the scene in prose in 60 to 120 words.
- What happened in order, who was there, what each now knows or holds, where everybody and everything is at the end.
- Names as in the material. Only what stands in prose. Past tense, third person, no judgement.
Write in the language with the tag in book.language. Answer with one JSON object and nothing else: {"summary": string}`;

/** What the next scene is told about this one. */
export function sceneSummariseTask(material: SceneSummariseMaterial): ModelTask<SceneSummary> {
  return {
    task: 'scene.summarise',
    material,
    instructions: INSTRUCTIONS,
    schema: sceneSummarySchema,
    maxOutputTokens: 1000,
    temperature: 0.2,
  };
}
