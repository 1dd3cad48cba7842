import { z } from 'zod';

/**
 * A moment as a caller gives it, with any offset; read, it is in UTC and to the millisecond. Its year is 1 to 9999, in
 * UTC too: PostgreSQL knows no year 0 and no offset of 16 hours, and a later year is written in a form of its own.
 */
export const momentSchema = z.iso
  .datetime({ offset: true, abort: true, error: 'must be a time such as 2030-01-31T12:00:00Z' })
  .transform((text) => new Date(text).toISOString())
  .refine((moment) => /^(?!0000)\d{4}-/.test(moment), 'must be in a year from 1 to 9999')
  .meta({ type: 'string', format: 'date-time' });

/**
 * Whether there was such a moment, an ISO date and time in UTC: a cursor may name the 31st of June, which PostgreSQL
 * refuses and JavaScript moves.
 */
export function isMoment(text: string): boolean {
  const moment = new Date(text);
  const isDate = !text.startsWith('0000') && !Number.isNaN(moment.getTime());
  return isDate && moment.toISOString().startsWith(text.slice(0, 19));
}
