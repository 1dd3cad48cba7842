import { z } from 'zod';

/**
 * A name or an id, as a caller gives it. PostgreSQL refuses a text with NUL in it, and no id has other control
 * characters either.
 */
export const identifierSchema = identifierUpTo(300);

export function identifierUpTo(most: number) {
  return z
    .string()
    .min(1, 'must not be empty')
    .max(most, `must be at most ${most} characters`)
    .regex(/^\P{Cc}*$/u, 'must not contain control characters');
}

/** What a person writes: no control characters but tabs and line ends, and nothing that no database keeps. */
export function writtenSchema(max: number) {
  return z
    .string()
    .trim()
    .min(1, 'must not be empty')
    .max(max, `must be at most ${max} characters`)
    .regex(/^[\P{Cc}\t\n\r]*$/u, 'must not contain control characters')
    .refine((text) => text.isWellFormed(), 'must be well-formed text');
}

/** Largest whole number of PostgreSQL's `int`. */
export const MAX_INT = 2_147_483_647;
