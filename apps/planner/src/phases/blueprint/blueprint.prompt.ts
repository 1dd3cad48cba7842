import {
  blueprintSchema,
  type Blueprint,
  type BookMaterial,
  type CastMember,
  type ChapterOutline,
  type Vision,
} from '@fiction/contracts';
import type { ModelTask } from '@fiction/llm';

export type BlueprintMaterial = {
  book: BookMaterial;
  acts: Vision['acts'];
  themes: string[];
  cast: CastMember[];
  scenesPerChapter: number;
  wordsPerScene: number;
  /** `number` counts from 1. */
  chapter: ChapterOutline & { number: number; of: number };
  previous: Pick<Blueprint, 'title' | 'synopsis' | 'plants'> | null;
  next: ChapterOutline | null;
  /** Names the world bible already has an entry for. */
  known: string[];
  /** What the writer wants of the chapter; it goes before the plan. */
  direction?: string;
};

/** How many beats a chapter can hold: a beat needs room, a scene takes at most six, a blueprint at most sixteen. */
export function beatsOfChapter(scenesPerChapter: number, wordsPerScene: number): number {
  const perScene = Math.min(5, Math.max(1, Math.round(wordsPerScene / 220)));
  return Math.min(16, Math.max(2, scenesPerChapter * perScene));
}

/** The design of one chapter: what happens, in which order, and what it owes to other chapters. */
export function blueprintTask(material: BlueprintMaterial): ModelTask<Blueprint> {
  const beats = beatsOfChapter(material.scenesPerChapter, material.wordsPerScene);
  return {
    task: 'blueprint.compose',
    material,
    instructions: instructions(beats, material),
    schema: blueprintSchema,
    maxOutputTokens: 5000,
    temperature: 0.4,
  };
}

function instructions(beats: number, { scenesPerChapter: scenes, direction }: BlueprintMaterial): string {
  const wish =
    direction === undefined ? '' : ' Follow the direction in the material, also where the plan says otherwise.';
  return `You are a novelist designing one chapter in detail, so that somebody else could write it without asking.
Design the chapter in the material. It will be written as ${scenes} ${scenes === 1 ? 'scene' : 'scenes'}.${wish}
- title: the chapter's, as planned. synopsis: 120 to 250 words, cause by cause, ending on what has changed.
- beats: ${beats}, in order. text: one thing that visibly happens, as "who does what to whom or what", present tense.
  mentions: one to three short phrases (a name, an object, a place: one to four words) that must stand in the prose to
  the letter for the beat to count as written; never a whole clause, and never the name of a first-person narrator.
- plants: things shown here that a later chapter will use, each a concrete phrase ("the brass key with the wrong number").
- payoffs: the plants of the previous chapter that come due here, in the same words. Every plant must come due sometime:
  leave one unpaid on purpose, or hand it on by planting it again.
- requiredLore: at most 2 things the chapter needs, that are not in known, each with the reason. Usually none.
Begin where the previous chapter left things and end so that the next can begin. Show the turn; do not explain it.
Write in the language with the tag in book.language. Answer with one JSON object and nothing else:
{"title": string, "synopsis": string, "beats": [{"text", "mentions": [string]}], "plants": [string], "payoffs": [string],
"requiredLore": [{"domain": "people"|"places"|"factions"|"history"|"rules"|"objects", "name", "why"}]}`;
}
