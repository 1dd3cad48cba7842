import { z } from 'zod';
import { worldDomainSchema } from '../../artifacts';
import { identifierSchema, MAX_INT } from '../../identifier.schema';
import { MAIN_BRANCH } from '../../plan/phases';
import { request } from '../contract';
import { actionReplySchema, askedBySchema } from './backlog.requests';

/** A name or a reason, as a person gives it: one line, as PostgreSQL can keep it. */
const personsLine = z
  .string()
  .trim()
  .min(1, 'must not be empty')
  .max(300, 'must be at most 300 characters')
  .regex(/^\P{Cc}*$/u, 'must not contain control characters');

/** What a person says the world must establish: for the book, for a chapter, or for a scene of it. */
export const requiredLoreShape = {
  domain: worldDomainSchema,
  name: personsLine,
  why: personsLine,
  chapter: z.int().min(1).max(MAX_INT).optional(),
  /** Place in its chapter, from 1; needs the chapter. */
  scene: z.int().min(1).max(MAX_INT).optional(),
};

/**
 * A person requires lore. What the plan requires already, by domain and name, gains a source and is answered with its own
 * id. What has not begun yet in that chapter or scene waits for it.
 *
 * Refused with `PLAN_NOT_FOUND`, `BRANCH_NOT_FOUND`, `CHAPTER_NOT_FOUND`, `SCENE_NOT_FOUND` (404), `INPUT_INVALID` (400, a
 * scene without its chapter), `BRANCH_ARCHIVED` and `IDEMPOTENCY_KEY_REUSED` (409).
 */
export const requireLore = request('planner', 'lore.require', {
  request: z.object({
    ...askedBySchema.shape,
    planId: identifierSchema,
    branch: identifierSchema.max(100).default(MAIN_BRANCH),
    ...requiredLoreShape,
    idempotencyKey: z.string().min(1).max(200).nullable(),
  }),
  reply: actionReplySchema.extend({
    requirementId: z.string(),
    /** The backlog item that establishes it. */
    itemId: z.string(),
    /** Items that wait for it now. */
    itemIds: z.array(z.string()),
    /** Whether it was required before, by anybody, or the same key had been used. */
    repeated: z.boolean(),
  }),
});
