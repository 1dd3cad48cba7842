import {
  planPassSchema,
  shortened,
  type BookMaterial,
  type PlanPass,
  type Vision,
  type WorldEntryType,
} from '@fiction/contracts';
import { schemaPerNumber, type ModelTask } from '@fiction/llm';

export interface WorldIndexEntry {
  name: string;
  type: WorldEntryType;
  summary: string;
}

export type PlannerPassMaterial = {
  book: BookMaterial;
  chapters: number;
  scenesPerChapter: number;
  vision: Vision;
  world: WorldIndexEntry[];
  /** Oldest first. */
  earlierPasses: PlanPass[];
  /** Counted from 0. */
  passIndex: number;
  isLast: boolean;
};

const FIRST = `This is the first pass: lay out the whole book. adjustments may be empty.`;
const AGAIN = `Read the earlier passes as an editor would: find the chapter that repeats another, the cause that comes after
its effect, the promise nobody keeps, the person who vanishes. Say in adjustments what you change and why, then give the
whole chapter list again, changed. Keep what works.`;
const LAST = `This is the last pass: its chapter list is final. Leave nothing open that the book needs settled.`;

/** One planning pass. The answer must have exactly as many chapters as the brief asks for. */
export function plannerPassTask(material: PlannerPassMaterial): ModelTask<PlanPass> {
  const { chapters, earlierPasses, passIndex, isLast } = material;
  return {
    task: 'planner.pass',
    material: { ...material, world: material.world.map(brief), earlierPasses: withLastChaptersOnly(earlierPasses) },
    instructions: instructions(chapters, passIndex === 0 ? FIRST : AGAIN, isLast ? LAST : ''),
    schema: schemaFor(chapters),
    maxOutputTokens: 3000 + chapters * 220,
    temperature: 0.3,
  };
}

const schemaFor = schemaPerNumber((chapters: number) =>
  planPassSchema.extend({ chapters: planPassSchema.shape.chapters.element.array().length(chapters) }),
);

function instructions(chapters: number, pass: string, last: string): string {
  return `You are a novelist planning a book chapter by chapter, and your own hardest reader.
Plan the chapters of this book. ${pass} ${last}
- chapters: exactly ${chapters}, in reading order, carrying the acts of the vision from first to last.
  title: concrete, two to six words, no two alike in form. summary: what happens, as causes and effects: who wants what,
  what stands in the way, what is different at the end; name people, places and things as the material does. pov: the
  name of one cast member. places: one to three, by the names in the world index where it has them.
- Each chapter must turn on something the reader has already met, and leave something behind that a later one needs.
- priorities: what must not be lost in the writing. risks: where this plan could go slack or false. openQuestions: what
  you would want settled before writing.
Write in the language with the tag in book.language. Answer with one JSON object and nothing else:
{"adjustments": [string], "priorities": [string], "risks": [string], "openQuestions": [string],
"chapters": [{"title", "summary", "pov", "places": [string]}]} with ${chapters} chapters.`;
}

/** A pass revises the pass before it; of the older ones only the reasoning is still of use. */
function withLastChaptersOnly(passes: PlanPass[]): (PlanPass | Omit<PlanPass, 'chapters'>)[] {
  return passes.map(({ chapters, ...reasoning }, index) =>
    index === passes.length - 1 ? { ...reasoning, chapters } : reasoning,
  );
}

function brief(entry: WorldIndexEntry): WorldIndexEntry {
  return { ...entry, summary: shortened(entry.summary, 240) };
}
