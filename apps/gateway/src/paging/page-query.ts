import { MAX_INT, MAX_PAGE, MOST_CURSOR } from '@fiction/contracts';
import { z } from 'zod';

/** A whole number as it stands in an address. */
export const countParameter = z
  .string()
  .regex(/^\d{1,15}$/, 'must be a whole number, 0 or more')
  .transform(Number);

/** The number of a chapter or the like. */
export const placeParameter = countParameter.pipe(z.int().max(MAX_INT, `must be at most ${MAX_INT}`));

/** Up to how many; nothing if nobody says. */
export const limitParameter = (most: number) =>
  countParameter
    .pipe(z.int().min(1, 'must be at least 1').max(most, `must be at most ${most}`))
    .optional()
    .meta({ type: 'integer', minimum: 1, maximum: most });

/** `cursor` and `limit` of a list; the cursor is what the page before gave as `nextCursor`. */
export const pageParameters = (most: number = MAX_PAGE, usual: number = Math.min(50, most)) => ({
  cursor: z.string().min(1).max(MOST_CURSOR).optional(),
  limit: limitParameter(most)
    .transform((limit) => limit ?? usual)
    .meta({ type: 'integer', minimum: 1, maximum: most, default: usual }),
});

export const branchNameParameter = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/, 'must be the name of a branch');

/** Which branch of the plan; `ChosenBranch` finds the primary one if it is left out. */
export const branchParameter = {
  branch: branchNameParameter.optional().describe("If left out: the plan's primary branch at that moment."),
};
