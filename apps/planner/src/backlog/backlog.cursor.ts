import { isMoment, UnknownCursorError } from '@fiction/contracts';

const NEWEST = /^n_(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z)_(.{1,400})$/;
const GRAPH = /^g_([\d.]{1,40})_(.{1,400})$/;
const NUMBER = /^(\d{1,18})$/;

/** The item a page begins after: when it changed or where it belongs, and its id. */
export type After = [position: string | null, id: string | null];

export function parseCursor(order: 'newest' | 'graph', cursor: string | undefined): After {
  if (cursor === undefined) return [null, null];
  const match = (order === 'newest' ? NEWEST : GRAPH).exec(cursor);
  if (match === null || (order === 'newest' && !isMoment(match[1]!))) throw new UnknownCursorError();
  return [match[1]!, match[2]!];
}

export function cursorOf(order: 'newest' | 'graph', row: { id: string; changed_text: string; place: string }): string {
  return order === 'newest' ? `n_${row.changed_text}_${row.id}` : `g_${row.place}_${row.id}`;
}

/** The id, counted up by the database, that a page begins before. */
export function parseNumber(cursor: string | undefined): string | null {
  if (cursor === undefined) return null;
  if (!NUMBER.test(cursor)) throw new UnknownCursorError();
  return cursor;
}
