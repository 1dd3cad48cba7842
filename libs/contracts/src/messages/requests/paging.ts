import { z } from 'zod';
import { identifierSchema } from '../../identifier.schema';

/** Most items of one page. */
export const MAX_PAGE = 200;

/** Which page: `cursor` is what the page before gave as `nextCursor`; opaque to the caller. */
export const pageQueryShape = {
  cursor: identifierSchema.optional(),
  limit: z.int().min(1).max(MAX_PAGE).default(50),
};

/** A page of `item`s; no `nextCursor` means that it is the last. */
export function pageOf<T extends z.ZodType>(item: T) {
  return z.object({ items: z.array(item), nextCursor: z.string().nullable() });
}

/**
 * Whether there was such a moment, an ISO date and time in UTC: a cursor may name the 31st of June, which PostgreSQL
 * refuses and JavaScript moves.
 */
export function isMoment(text: string): boolean {
  const moment = new Date(text);
  const isDate = !text.startsWith('0000') && !Number.isNaN(moment.getTime());
  return isDate && moment.toISOString().startsWith(text.slice(0, 19));
}
