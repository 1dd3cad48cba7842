import { visionSchema, type BookMaterial, type Vision } from '@fiction/contracts';
import type { ModelTask } from '@fiction/llm';

/** The whole brief: nothing later sees all of the premise. */
export type VisionMaterial = {
  book: BookMaterial;
  cast: { name: string; role: string; baseline: string }[];
  chapters: number;
  scenesPerChapter: number;
  targetWords: number;
};

const INSTRUCTIONS = `You are a novelist at the start of a book: you decide what it is about before anything is written.
Read the brief and say what this book is.
- authorSummary: two paragraphs, to yourself: what happens, who it happens to, how it ends, what stays with the reader.
- logline: one sentence with a person, a want, an obstacle and a price.
- goals: what the book must do to its reader. themes: questions the book asks, not single words.
- acts: 3 to 5, in order. Each summary names who acts, what they do, and what can no longer be undone afterwards. The
  acts must carry the number of chapters in the material.
- cast: everybody in the brief's cast under exactly the name given there, first; then only those the premise names or the
  story cannot do without. want and fear must get into each other's way. voice: how the person talks, in a few words
  one could imitate (sentence length, habits, what is never said).
- lore: up to 8 things of this world the story will need and the premise does not settle (a custom, a past event, a
  place, an object), each with the reason it is needed.
Keep the premise's names, places and facts to the letter. Prefer the particular to the grand. No stock phrases, no
chosen ones, nothing "that changes everything".
Write in the language with the tag in book.language. Answer with one JSON object and nothing else:
{"authorSummary": string, "logline": string, "goals": [string], "themes": [string], "acts": [{"name", "summary"}],
"cast": [{"name", "role", "description", "want", "fear", "voice"}],
"lore": [{"domain": "people"|"places"|"factions"|"history"|"rules"|"objects", "name", "why"}]}`;

/** What the author sees before anything is planned. */
export function visionTask(material: VisionMaterial): ModelTask<Vision> {
  return {
    task: 'vision.compose',
    material,
    instructions: INSTRUCTIONS,
    schema: visionSchema,
    maxOutputTokens: 6000 + material.cast.length * 400,
    temperature: 0.4,
  };
}
