import { z } from 'zod';
import { loreNeedSchema, worldEntryDraftSchema } from '../artifacts';
import { loreStatusSchema } from '../story/lore.schema';
import { command, event } from './contract';

const branchShape = { planId: z.string().min(1), branch: z.string().min(1) };

/** How a plan wants its lore fulfilled: the part of its brief that lore-fulfillment goes by. */
export const loreTermsSchema = z.object({
  policy: z.enum(['immediate', 'after-sla', 'manual']),
  slaSeconds: z.int().min(0),
  approval: z.enum(['auto', 'human']),
});
export type LoreTerms = z.infer<typeof loreTermsSchema>;

/**
 * `entry`: the world must establish something. `contradiction`: a scene contradicts a locked fact and nobody but the writer
 * can say whether that is meant: no run fulfils it, it is waived or stays as it is.
 */
export const LORE_KINDS = ['entry', 'contradiction'] as const;
export const loreKindSchema = z.enum(LORE_KINDS);
export type LoreKind = z.infer<typeof loreKindSchema>;

export const declareLoreSchema = z.object({
  ...branchShape,
  /** Who asks for it: the run whose artifact or prose does, or `person:<name>`. */
  source: z.string(),
  /** From where a person asks: console, cli, api, assistant. Left out: a run does, or a fork in a person's name. */
  askedFrom: z.string().optional(),
  conversationId: z.string(),
  /** The planning pass that the declaring run stands on, as `<planId>:<passIndex>`; null before the first. */
  planPassId: z.string().nullable(),
  terms: loreTermsSchema,
  requirements: z.array(
    loreNeedSchema.extend({
      requirementId: z.string(),
      kind: loreKindSchema.default('entry'),
      chapter: z.int().nullable(),
      scene: z.int().nullable(),
      /** The graph's node of it; null for a contradiction, which has none. */
      backlogItemId: z.string().nullable(),
    }),
  ),
});
export type DeclareLore = z.infer<typeof declareLoreSchema>;

/**
 * A vision, blueprint, scroll, scene check or person says what the world must establish. One that is declared again, by
 * somebody else, keeps its first words and gains a source.
 */
export const declareLore = command('lore-fulfillment', 'declare-lore', declareLoreSchema);

export const blockLoreSchema = z.object({
  ...branchShape,
  requirementIds: z.array(z.string()).min(1),
  /** The item that waits for them. */
  itemId: z.string(),
});
export type BlockLore = z.infer<typeof blockLoreSchema>;

/** Something waits for these requirements and for nothing else: their clocks start. */
export const blockLore = command('lore-fulfillment', 'block-lore', blockLoreSchema);

export const holdLoreSchema = z.object({
  planId: z.string().min(1),
  /** Grows with every change, so that one that comes late is known to be old. */
  number: z.int().min(1),
  /** The branches of the plan that stand still now, paused or archived; all others go on. */
  held: z.array(z.string()),
});
export type HoldLore = z.infer<typeof holdLoreSchema>;

/** A plan or a branch was paused, or goes on: the clocks of its lore stand still, or go on. */
export const holdLore = command('lore-fulfillment', 'hold-lore', holdLoreSchema);

/** A text that a person supplies in place of a model's. */
export const suppliedLoreSchema = z.object({
  ...branchShape,
  requirementId: z.string(),
  entry: worldEntryDraftSchema,
  actor: z.string(),
  /** From where: console, cli, api, automation. */
  source: z.string(),
});
export type SuppliedLore = z.infer<typeof suppliedLoreSchema>;

/** A fork says what a requirement of the new branch is to become; said before the branch's run of it is started. */
export const supplyLore = command('lore-fulfillment', 'supply-lore', suppliedLoreSchema);

/** Why lore-fulfillment wants a requirement's run to go on. */
export const LORE_WAKES = ['sla', 'requested', 'supplied', 'approved', 'rejected', 'waived', 'retry'] as const;

export const wakeLoreSchema = z.object({
  ...branchShape,
  requirementId: z.string(),
  kind: loreKindSchema,
  because: z.enum(LORE_WAKES),
  actor: z.string(),
  source: z.string(),
  /** The run that declared it: of a waived contradiction, the scene that goes on. */
  declaredBy: z.string(),
  /** Whether its run was doing by then what is wanted: nothing is left to do when that stops. */
  underWay: z.boolean().optional(),
});
export type WakeLore = z.infer<typeof wakeLoreSchema>;

/**
 * A requirement is due, or a person has decided: its run is handed out if it never was, and resumed if it waits. What is
 * complete or running already is left alone.
 */
export const wakeLore = command('planner', 'wake-lore', wakeLoreSchema);

export const loreEventSchema = z.object({
  eventId: z.string(),
  ...branchShape,
  requirementId: z.string(),
  /** The branches from this one to the first. */
  lineage: z.array(z.string()),
  from: loreStatusSchema.nullable(),
  to: loreStatusSchema,
  conversationId: z.string(),
  planPassId: z.string().nullable(),
  /** automation, assistant, console, cli, api. */
  source: z.string(),
  actor: z.string(),
  backlogItemId: z.string().nullable(),
  runId: z.string().nullable(),
  note: z.string().nullable(),
  /** Whether it was waited for longer than its SLA; said once, when it happens. */
  slaBreached: z.boolean(),
  occurredAt: z.iso.datetime(),
});
export type LoreEvent = z.infer<typeof loreEventSchema>;

/** A requirement moved on; one event for each row of its timeline, with the same content. */
export const loreMoved = event('lore', 'moved', loreEventSchema);
