import { z } from 'zod';
import {
  lineSchema,
  storyPointSchema,
  textSchema,
  worldChangeKindSchema,
  worldEntryTypeSchema,
  worldFactSchema,
  worldRelationSchema,
  type StoryPoint,
} from '../../artifacts';
import { identifierSchema } from '../../identifier.schema';
import { askedBySchema } from './backlog.requests';
import { request } from '../contract';
import { pageOf, pageQueryShape } from './paging';

const branchShape = { planId: identifierSchema, branch: identifierSchema.default('main') };

/** Where versions and facts come from. */
export const ENTRY_SOURCES = ['brief', 'world', 'lore', 'reflection', 'person'] as const;
export const entrySourceSchema = z.enum(ENTRY_SOURCES);
export type EntrySource = z.infer<typeof entrySourceSchema>;

export const worldFactViewSchema = z.object({
  /** The same for the same statement of an entry. */
  id: z.string(),
  statement: z.string(),
  from: storyPointSchema,
  until: storyPointSchema.nullable(),
  /** Nothing may end or deny it. */
  locked: z.boolean(),
  source: entrySourceSchema,
  /** The scene that made it true; null for what no scene did. */
  sceneId: z.string().nullable(),
});
export type WorldFactView = z.infer<typeof worldFactViewSchema>;

export const worldEntryViewSchema = z.object({
  id: z.string(),
  name: z.string(),
  type: worldEntryTypeSchema,
  aliases: z.array(z.string()),
  summary: z.string(),
  facts: z.array(worldFactViewSchema),
  relations: z.array(worldRelationSchema),
  version: z.int(),
  /** The whole entry is locked; a single fact may be so without it. */
  locked: z.boolean(),
  source: entrySourceSchema,
  createdAt: z.iso.datetime(),
});
export type WorldEntryView = z.infer<typeof worldEntryViewSchema>;

/** Entries in the order of their names, as they stand now, or as the scene at `at` finds them. */
export const listEntries = request('world-bible', 'entry.list', {
  request: z.object({
    ...branchShape,
    ...pageQueryShape,
    type: worldEntryTypeSchema.optional(),
    at: storyPointSchema.optional(),
    /** Part of a name, an alias or a summary, in whatever case. */
    text: z.string().min(1).max(200).optional(),
  }),
  reply: pageOf(worldEntryViewSchema),
});

/** `refused`: it was against a locked fact. `unmatched`: the bible has no such entry. */
export const DELTA_OUTCOMES = ['applied', 'refused', 'unmatched'] as const;

/** One change that the reflection of a scene has proposed, and what became of it. */
export const worldDeltaSchema = z.object({
  id: z.string(),
  sceneId: z.string(),
  revision: z.int(),
  chapter: z.int(),
  scene: z.int(),
  kind: worldChangeKindSchema,
  /** As the reflection named it. */
  entry: z.string(),
  entryId: z.string().nullable(),
  statement: z.string(),
  to: z.string(),
  quote: z.string(),
  /** Where the quotation stands in the accepted prose, in UTF-16 code units; null when that is not known. */
  span: z.object({ start: z.int(), end: z.int() }).nullable(),
  outcome: z.enum(DELTA_OUTCOMES),
  filedAt: z.iso.datetime(),
});
export type WorldDelta = z.infer<typeof worldDeltaSchema>;

/** An entry that the accepted prose of a scene names. */
export const mentionSchema = z.object({
  sceneId: z.string(),
  revision: z.int(),
  chapter: z.int(),
  scene: z.int(),
  entryId: z.string(),
  entry: z.string(),
  count: z.int(),
  /** Where it is named first, in UTF-16 code units of the prose. */
  firstOffset: z.int(),
});
export type Mention = z.infer<typeof mentionSchema>;

const ofSceneOrEntry = {
  ...branchShape,
  ...pageQueryShape,
  sceneId: identifierSchema.optional(),
  entryId: identifierSchema.optional(),
};

/** What scenes have proposed, of each its newest revision, in the order of the story. */
export const listDeltas = request('world-bible', 'delta.list', {
  request: z.object(ofSceneOrEntry),
  reply: pageOf(worldDeltaSchema),
});

/** What scenes name, of each its newest revision, in the order of the story. */
export const listMentions = request('world-bible', 'mention.list', {
  request: z.object(ofSceneOrEntry),
  reply: pageOf(mentionSchema),
});

export const entryVersionSchema = z.object({
  version: z.int(),
  branch: z.string(),
  source: entrySourceSchema,
  /** The run, the requirement or the edit it comes from. */
  sourceRef: z.string(),
  /** Who has written it, if a person has. */
  actor: z.string().nullable(),
  aliases: z.array(z.string()),
  summary: z.string(),
  facts: z.array(worldFactSchema),
  relations: z.array(worldRelationSchema),
  createdAt: z.iso.datetime(),
});

/** One entry with where it comes from and where it occurs. Of versions, deltas and mentions the newest. */
export const wholeEntryViewSchema = worldEntryViewSchema.extend({
  versions: z.array(entryVersionSchema),
  deltas: z.array(worldDeltaSchema),
  mentions: z.array(mentionSchema),
});

export const readEntry = request('world-bible', 'entry.show', {
  request: z.object({ ...branchShape, entryId: identifierSchema, at: storyPointSchema.optional() }),
  reply: wholeEntryViewSchema,
});

const editShape = {
  ...askedBySchema.shape,
  ...branchShape,
  idempotencyKey: z.string().min(1).max(200).nullable(),
};
export const entryEditReplySchema = z.object({
  entry: worldEntryViewSchema,
  /** Whether the same key had been used before, and nothing was done now. */
  repeated: z.boolean(),
});

/** PostgreSQL refuses NUL and halves of characters; of the other control characters a text has but breaks. */
const isWritable = (text: string): boolean => text.isWellFormed() && !/[^\P{Cc}\n\t]/u.test(text);
const WRITABLE = 'must not contain control characters or malformed text';
const line = lineSchema.refine((text) => isWritable(text) && !/[\n\t]/.test(text), WRITABLE);
const text = textSchema.refine(isWritable, WRITABLE);
const relation = worldRelationSchema.extend({ to: line, kind: line });
const fact = worldFactSchema
  .extend({ statement: line, until: worldFactSchema.shape.until.default(null) })
  .refine(({ from, until }) => until === null || isBefore(from, until), {
    path: ['until'],
    message: 'must come after from',
  });

function isBefore(one: StoryPoint, other: StoryPoint): boolean {
  const [[chapter, scene], [ofOther, sceneOfOther]] = [one, other].map((point) => point.split('.').map(Number)) as [
    [number, number],
    [number, number],
  ];
  return chapter < ofOther || (chapter === ofOther && scene < sceneOfOther);
}

/** What a new entry says. */
export const newEntryShape = {
  type: worldEntryTypeSchema,
  name: line,
  aliases: z.array(line).max(20).default([]),
  summary: text,
  facts: z.array(fact).max(40).default([]),
  relations: z.array(relation).max(40).default([]),
};

/** A person adds an entry. */
export const addEntry = request('world-bible', 'entry.add', {
  request: z.object({ ...editShape, ...newEntryShape }),
  reply: entryEditReplySchema,
});

/** What is to be different about an entry; what is not named stays. A changed fact is one dropped and one added. */
export const entryChangesShape = {
  summary: text.optional(),
  aliases: z
    .strictObject({ add: z.array(line).max(20).default([]), drop: z.array(line).max(20).default([]) })
    .optional(),
  facts: z
    .strictObject({
      add: z.array(fact).max(40).default([]),
      /** Ids of facts. */
      drop: z.array(identifierSchema).max(40).default([]),
    })
    .optional(),
  relations: z
    .strictObject({
      add: z.array(relation).max(40).default([]),
      drop: z.array(relation).max(40).default([]),
    })
    .optional(),
};

/** A person edits an entry: a new version of it. */
export const editEntry = request('world-bible', 'entry.edit', {
  request: z.object({
    ...editShape,
    entryId: identifierSchema,
    /** The version that the person has seen. */
    expectedVersion: z.int().min(1),
    ...entryChangesShape,
  }),
  reply: entryEditReplySchema,
});

/** A person locks or unlocks an entry, or one of its facts. */
export const lockEntry = request('world-bible', 'entry.lock', {
  request: z.object({
    ...editShape,
    entryId: identifierSchema,
    /** Left out: the whole entry. */
    factId: identifierSchema.optional(),
    locked: z.boolean(),
    /** On unlocking: what scenes have told against it, and was refused, holds from now on. */
    applyRefused: z.boolean().default(false),
  }),
  reply: entryEditReplySchema,
});
