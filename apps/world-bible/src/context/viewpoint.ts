import type { Continuity } from '@fiction/contracts';
import type { Lineage } from '@fiction/runtime';
import type { Place } from '../bible/story-time';
import { tellsOf } from '../reflections/tells-of';

/** From where a reader looks back. */
export interface Viewpoint extends Place {
  planId: string;
  lineage: Lineage;
  continuity: Continuity;
}

/** SQL: plan and branch of a row in one, as the indexes over whole books have it (see the migration of 1795300400000). */
export const bookOf = (row: string): string => `(${row}.plan_id || '@' || ${row}.branch)`;
/** SQL: the book of plan $1 on the branch of row `l`. */
export const BOOK = `($1 || '@' || l.branch)`;

/** SQL: as BEFORE_VIEWPOINT, for a walk along the whole book. */
export const BEFORE_IN_BOOK = `${bookOf('r')} = ${BOOK} AND r.chapter >= $4
  AND (r.chapter, r.scene) < ($5, $6) AND ${tellsOf('r', '$2')}`;

/**
 * SQL: whether row `r` of what scenes have changed is before the viewpoint and counts, on the branch of row `l`. $1: plan,
 * $2: lineage, $4: the first chapter that counts, $5 and $6: chapter and scene of the viewpoint.
 */
export const BEFORE_VIEWPOINT = `r.plan_id = $1 AND r.branch = l.branch AND r.chapter >= $4
  AND (r.chapter, r.scene) < ($5, $6) AND ${tellsOf('r', '$2')}`;

/** The first chapter whose scenes a reader waits for. Of a loose book none does. */
export function firstChapterOf({ continuity, chapter }: Viewpoint): number {
  return continuity === 'strict' ? 0 : chapter;
}
