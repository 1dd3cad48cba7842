import { z } from 'zod';
import { storyPointSchema } from '../../artifacts';
import { givenBaselineSchema } from '../../brief/brief.schema';
import { identifierSchema, writtenSchema } from '../../identifier.schema';
import { baselineSchema, personaKindSchema } from '../../story/persona.schema';
import { request } from '../contract';
import { actionSourceSchema, askedBySchema } from './backlog.requests';
import { pageOf, pageQueryShape } from './paging';

const branchShape = { planId: identifierSchema, branch: identifierSchema.default('main') };
/** A persona's id says on which branch it is meant. */
const personaShape = { planId: identifierSchema, personaId: identifierSchema };
const idempotencyKey = z.string().min(1).max(200).nullable();
const text = writtenSchema(2_000);
const note = writtenSchema(2_000).nullable();

export const personaSchema = z.object({
  personaId: z.string(),
  kind: personaKindSchema,
  name: z.string(),
  /** Its part in the story; null: the author, or somebody whom only the brief names. */
  role: z.string().nullable(),
  baseline: baselineSchema,
  /** Counted up by every change of the baseline; the first is the brief's and the vision's. */
  version: z.int().min(1),
});
export type PersonaView = z.infer<typeof personaSchema>;

export const baselineVersionSchema = z.object({
  version: z.int(),
  baseline: baselineSchema,
  /** Null: the brief and the vision. */
  actor: z.string().nullable(),
  source: actionSourceSchema.nullable(),
  note: z.string().nullable(),
  at: z.iso.datetime().nullable(),
});

/** The author first, then the cast. */
export const listPersonas = request('world-bible', 'persona.list', {
  request: z.object({ ...branchShape, ...pageQueryShape }),
  reply: pageOf(personaSchema),
});

/** A persona and every version of its baseline, the newest first. */
export const readPersona = request('world-bible', 'persona.read', {
  request: z.object(personaShape),
  reply: personaSchema.extend({ versions: z.array(baselineVersionSchema) }),
});

/** Changes parts of a baseline, if it is still the version that the caller has seen. */
export const changeBaseline = request('world-bible', 'persona.change', {
  request: z.object({
    ...askedBySchema.shape,
    ...personaShape,
    version: z.int().min(1),
    baseline: givenBaselineSchema,
    note,
  }),
  reply: personaSchema,
});

/** Something that a persona knows, or thinks of the world. */
export const personaWordSchema = z.object({
  id: z.string(),
  text: z.string(),
  /** The story point from which it holds. */
  from: storyPointSchema,
  /** The scene that it comes from; null: a person has said so. */
  sceneId: z.string().nullable(),
  actor: z.string().nullable(),
  source: actionSourceSchema.nullable(),
  at: z.iso.datetime(),
  /** Set when somebody has taken it back: it stays, and counts no more. */
  retracted: z.object({ actor: z.string(), note: z.string().nullable(), at: z.iso.datetime() }).nullable(),
});
export type PersonaWord = z.infer<typeof personaWordSchema>;

const list = { ...personaShape, ...pageQueryShape };
const add = { ...askedBySchema.shape, ...personaShape, text, from: storyPointSchema, idempotencyKey };
export const wordReplySchema = z.object({ word: personaWordSchema, repeated: z.boolean() });

/** What a persona knows and since when, in the order of the story. */
export const listMemories = request('world-bible', 'memory.list', {
  request: z.object(list),
  reply: pageOf(personaWordSchema),
});
export const addMemory = request('world-bible', 'memory.add', { request: z.object(add), reply: wordReplySchema });
/** Takes a memory back, a scene's or a person's, on this branch. */
export const retractMemory = request('world-bible', 'memory.retract', {
  request: z.object({
    ...askedBySchema.shape,
    ...personaShape,
    memoryId: identifierSchema,
    note,
    idempotencyKey,
  }),
  reply: wordReplySchema,
});

/** What a persona thinks of the world, in the order of the story. */
export const listNotes = request('world-bible', 'note.list', {
  request: z.object(list),
  reply: pageOf(personaWordSchema),
});
export const addNote = request('world-bible', 'note.add', { request: z.object(add), reply: wordReplySchema });
