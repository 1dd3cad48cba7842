import {
  counted,
  scrollSchema,
  type Blueprint,
  type BookMaterial,
  type Scroll,
  type WorldContextEntry,
} from '@fiction/contracts';
import { schemaPerNumber, type ModelTask } from '@fiction/llm';

export type ScrollMaterial = {
  book: BookMaterial;
  scenesPerChapter: number;
  wordsPerScene: number;
  /** `number` counts from 1; `pov` and `places` are the outline's. */
  chapter: Blueprint & { number: number; of: number; pov: string; places: string[] };
  world: WorldContextEntry[];
};

/** A chapter made concrete. The answer must have exactly `scenesPerChapter` scenes, whatever its sections. */
export function scrollTask(material: ScrollMaterial): ModelTask<Scroll> {
  const { scenesPerChapter } = material;
  return {
    task: 'scroll.compose',
    material,
    instructions: instructions(scenesPerChapter),
    schema: schemaFor(scenesPerChapter),
    maxOutputTokens: 3000 + scenesPerChapter * 700,
    temperature: 0.3,
  };
}

const schemaFor = schemaPerNumber((scenes: number) =>
  scrollSchema.refine((scroll) => scenesOf(scroll) === scenes, {
    message: `all sections together must have exactly ${counted(scenes, 'scene')}`,
    path: ['sections'],
  }),
);

function scenesOf(scroll: Scroll): number {
  return scroll.sections.reduce((sum, section) => sum + section.scenes.length, 0);
}

function instructions(scenes: number): string {
  return `You are a novelist breaking a chapter into scenes the day before writing it.
Break the chapter into exactly ${counted(scenes, 'scene')}, grouped into sections (at most 12; usually one to three).
- Place every beat of chapter.beats in one scene, word for word with its mentions, in the given order. A scene has one to
  six beats; where a scene would be empty, give it a small beat of its own that follows from the ones before.
- goal: what the point-of-view person wants in this scene. conflict: who or what refuses it. outcome: what is different
  at the end; no scene may end where it began.
- pov: one person, as named in the material. place: one place, by its name in the world entries where it has one.
  storyTime: when it happens, so that the scenes follow each other ("the second evening, after the rain").
- cast: everybody present by full name, the point-of-view person first. Nobody is in two places at once.
- requiredLore: only what the scene cannot be written without and no entry in world tells. Usually empty.
Write in the language with the tag in book.language. Answer with one JSON object and nothing else:
{"sections": [{"title", "scenes": [{"goal", "conflict", "outcome", "pov", "place", "storyTime", "cast": [string],
"beats": [{"text", "mentions": [string]}], "requiredLore": [{"domain", "name", "why"}]}]}]}`;
}
