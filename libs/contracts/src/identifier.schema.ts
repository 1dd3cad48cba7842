import { z } from 'zod';

/**
 * A name or an id, as a caller gives it. PostgreSQL refuses a text with NUL in it, and no id has other control
 * characters either.
 */
export const identifierSchema = z
  .string()
  .min(1, 'must not be empty')
  .max(300, 'must be at most 300 characters')
  .regex(/^\P{Cc}*$/u, 'must not contain control characters');

/** Largest whole number of PostgreSQL's `int`. */
export const MAX_INT = 2_147_483_647;
