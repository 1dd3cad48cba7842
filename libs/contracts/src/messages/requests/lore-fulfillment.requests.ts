import { z } from 'zod';
import { loreNeedSchema } from '../../artifacts';
import { identifierSchema } from '../../identifier.schema';
import { loreStatusSchema } from '../../lore.schema';
import { request } from '../contract';
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

/** Which of the requirements are not ready; asked by the gate of a scroll or scene. */
export const readReadiness = request('lore-fulfillment', 'readiness.read', {
  request: z.object({ ...branchShape, requirementIds: z.array(z.string()).min(1).max(500) }),
  reply: z.object({ missing: z.array(z.string()) }),
});
