import { z } from 'zod';
import { loreNeedSchema } from '../../artifacts';
import { identifierSchema } from '../../identifier.schema';
import { loreStatusSchema } from '../../lore.schema';
import { request } from '../contract';
import { loreKindSchema } from '../lore.messages';
import { pageOf, pageQueryShape } from './paging';

const branchShape = { planId: identifierSchema, branch: identifierSchema.default('main') };

export const loreRequirementViewSchema = loreNeedSchema.extend({
  id: z.string(),
  status: loreStatusSchema,
  chapter: z.int().nullable(),
  scene: z.int().nullable(),
  source: z.string(),
  entryId: z.string().nullable(),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
});

export const listLore = request('lore-fulfillment', 'requirement.list', {
  request: z.object({ ...branchShape, ...pageQueryShape, status: loreStatusSchema.optional() }),
  reply: pageOf(loreRequirementViewSchema),
});

/** A requirement that the check of a scene has raised, as that scene sees it when it goes on. */
export const raisedLoreSchema = z.object({
  requirementId: z.string(),
  kind: loreKindSchema,
  name: z.string(),
  why: z.string(),
  ready: z.boolean(),
  /** The writer has said that it is meant so. */
  waived: z.boolean(),
});
export type RaisedLore = z.infer<typeof raisedLoreSchema>;

/** Which of the requirements are not ready; asked by the gate of a scroll or scene. */
export const readReadiness = request('lore-fulfillment', 'readiness.read', {
  request: z.object({
    ...branchShape,
    requirementIds: z.array(z.string()).max(500),
    /** A run; what its check has raised is answered too. */
    raisedBy: z.string().optional(),
  }),
  reply: z.object({ missing: z.array(z.string()), raised: z.array(raisedLoreSchema) }),
});
