import { critiqueSchema, type Critique } from '@fiction/contracts';
import type { ModelTask } from '@fiction/llm';
import type { SceneDraftMaterial } from './scene-draft.prompt';

export type SceneCritiqueMaterial = SceneDraftMaterial & { prose: string };

const INSTRUCTIONS = `You are the author's editor: kind, exact, and impossible to impress with adjectives.
Judge the scene in prose against its design.
- scores, 0 to 10, where 6 is publishable: voice (the persona's, steadily), pace (every paragraph earns its place),
  continuity (with previous, the world's facts, the point of view and tense), clarity (who, where, what happened).
- problems: at most 6, the worst first. quote: the words it concerns, copied exactly from prose, at most 25 words.
  problem: what is wrong there. suggestion: what to write instead, concretely. No quote, no problem.
- Look for: a beat told instead of played; a fact of world contradicted; knowledge the point-of-view person cannot have
  (notKnown);
  stock phrases; a paragraph that repeats another; an ending that explains.
- verdict: "revise" only if a problem would make a reader stop; otherwise "accept". Do not ask for changes of taste.
Answer with one JSON object and nothing else:
{"scores": {"voice": number, "pace": number, "continuity": number, "clarity": number},
"problems": [{"quote", "problem", "suggestion"}], "verdict": "accept"|"revise"}`;

/** An editor's opinion of a draft. It advises; deterministic gates decide. */
export function sceneCritiqueTask(material: SceneCritiqueMaterial): ModelTask<Critique> {
  return {
    task: 'scene.critique',
    material,
    instructions: INSTRUCTIONS,
    schema: critiqueSchema,
    maxOutputTokens: 2500,
    temperature: 0.2,
  };
}
