import type { BookMaterial, Owed, SceneDesign, WorldContextEntry } from '@fiction/contracts';
import type { ModelTask } from '@fiction/llm';

/** The persona through whose eyes the scene is told, and what it carries into it. */
export interface ScenePersona {
  name: string;
  baseline: string;
  memories: string[];
  /** What is still owed to the reader, by when, and what happened to it last. */
  obligations: Owed[];
}

export interface SceneChapter {
  /** Counted from 1. */
  number: number;
  of: number;
  title: string;
  synopsis: string;
  plants: string[];
  payoffs: string[];
}

/**
 * What a scene is written from. Everything else that is asked of a scene has it too, in the same order, before what is its
 * own: what a model server has read for the draft it need not read again.
 */
export type SceneDraftMaterial = {
  book: BookMaterial;
  /** Who writes. */
  author: { name: string; baseline: string };
  chapter: SceneChapter;
  /** `number` counts from 1 within the chapter. */
  scene: Omit<SceneDesign, 'requiredLore'> & { number: number; of: number };
  targetWords: number;
  /** The scene this one follows: its summary and its last lines. */
  previous: { summary: string; tail: string } | null;
  world: WorldContextEntry[];
  persona: ScenePersona;
  /** What scene.pov has not learned about whom and what the material names. */
  notKnown: string[];
};

/** The rules of the page; a revision is held to the same. */
export const SCENE_RULES = `- Play every beat of scene.beats, in order, as something that happens on the page. Each phrase in its mentions must stand in
  the text to the letter.
- Point of view: book.pov. "first": scene.pov tells it as I. "third-limited": only what scene.pov perceives, thinks and
  knows. "third-omniscient": free, but one mind at a time. Tense of the narration: book.tense.
- scene.pov has not learned what notKnown says: never tell it, think it or let scene.pov say it, unless a beat reveals it.
- Length: targetWords, give or take ten per cent.
- People, places and things bear the names the material gives them. Name nobody and nothing else by a proper name. Hold to
  the facts in world; a fact is true only from its story time on.
- Show state: where people stand, what their hands do, what the light does. Talk is oblique; each voice is its own.
- No clichés, no summary of feelings, no moral at the end, no sentence or paragraph twice, no headings, no notes.`;

export const SCENE_AUTHOR = `You are the author named in the material, writing one scene of a novel in your own voice.`;

const INSTRUCTIONS = `${SCENE_AUTHOR}
Write the scene.
${SCENE_RULES}
- Pick up from previous without retelling it; begin late. scene.goal meets scene.conflict and ends in scene.outcome.
- What persona remembers may colour what is noticed. Touch an open obligation of
  persona.obligations only where the scene gives cause; one that is overdue, or due in this chapter, wants it soon.
Write in the language with the tag in book.language. Answer with the prose only, paragraphs separated by blank lines.`;

/** Room for any language and for models that count finely: about three tokens a word. */
export function proseTokens(targetWords: number): number {
  return 800 + Math.ceil(targetWords * 3);
}

/** The first draft of a scene. */
export function sceneDraftTask(material: SceneDraftMaterial): ModelTask {
  return {
    task: 'scene.draft',
    material,
    instructions: INSTRUCTIONS,
    maxOutputTokens: proseTokens(material.targetWords),
    temperature: 0.8,
  };
}
