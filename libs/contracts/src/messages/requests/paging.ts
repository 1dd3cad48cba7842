import { z } from 'zod';
import { identifierUpTo } from '../../identifier.schema';

/** Most items of one page. */
export const MAX_PAGE = 200;

/** Longest cursor, in characters: in some stands a name, each letter of which takes up to four. */
export const MOST_CURSOR = 1_500;

/** Which page: `cursor` is what the page before gave as `nextCursor`; opaque to the caller. */
export const pageQueryShape = {
  cursor: identifierUpTo(MOST_CURSOR).optional(),
  limit: z.int().min(1).max(MAX_PAGE).default(50),
};

/** A page of `item`s; no `nextCursor` means that it is the last. */
export function pageOf<T extends z.ZodType>(item: T) {
  return z.object({ items: z.array(item), nextCursor: z.string().nullable() });
}
