import { reflectionSchema, type Reflection } from '@fiction/contracts';
import type { ModelTask } from '@fiction/llm';
import type { SceneDraftMaterial } from './scene-draft.prompt';

export type SceneReflectMaterial = SceneDraftMaterial & { prose: string };

const INSTRUCTIONS = `You keep the memory of a novel: after each scene you note what it has made true, and nothing more.
Read the accepted scene in prose and note what it changes.
- worldChanges: what is true after this scene and was not before, about an entry of world (entry: its exact name).
  kind "fact-begins", the usual case; statement: one plain sentence. "fact-ends": a fact of the entry is no longer true;
  statement: that fact, copied from world. "relation-begins" or "relation-ends"; statement: what it is ("sister of"); to: the
  other entry's exact name. "alias-added": somebody now calls the entry so; statement: the new name.
  quote: the words of prose that show it, copied exactly, at most 25 words. What cannot be quoted did not happen. Moods and
  weather are no changes. to is "" except for relations. At most 5.
- memories: what a person in the scene will remember of it, in one sentence from outside ("saw Tobias hide the key").
  persona: the person's full name. At least one for scene.pov; at most 5.
- worldNotes: what a person in the scene has come to think of the world, in one sentence. Usually none; at most 2.
- obligationsOpened: what this scene owes its reader from now on. text: where it is one of chapter.plants, in those words.
  kind: "promise" (that something will be done), "debt" (that something will be paid back), "mystery" (that something will
  be explained) or "hook" (that something begun will go on). Usually none or one.
- obligationsResolved: which of persona.obligations this scene keeps, the text copied word for word. Usually none.
Write in the language with the tag in book.language. Answer with one JSON object and nothing else:
{"worldChanges": [{"kind", "entry", "statement", "to", "quote"}], "memories": [{"persona", "text"}],
"worldNotes": [{"persona", "text"}],
"obligationsOpened": [{"text", "kind": "promise"|"debt"|"mystery"|"hook"}], "obligationsResolved": [string]}`;

/** What an accepted scene changes in the world, in its people, and in what is owed to the reader. */
export function sceneReflectTask(material: SceneReflectMaterial): ModelTask<Reflection> {
  return {
    task: 'scene.reflect',
    material,
    instructions: INSTRUCTIONS,
    schema: reflectionSchema,
    maxOutputTokens: 2500,
    temperature: 0.2,
  };
}
