import { momentSchema, UnknownCursorError } from '@fiction/contracts';
import { z } from 'zod';

/** The last record of a page: its time and its place. */
export interface AuditPlace {
  occurredAt: string;
  position: string;
}

const cursorSchema = z.tuple([momentSchema, z.string().regex(/^\d{1,18}$/)]);

export function auditCursor({ occurredAt, position }: AuditPlace): string {
  return Buffer.from(JSON.stringify([occurredAt, position])).toString('base64url');
}

/** @throws UnknownCursorError when no page has given this cursor */
export function readAuditCursor(cursor: string): AuditPlace {
  try {
    const [occurredAt, position] = cursorSchema.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')));
    return { occurredAt, position };
  } catch {
    throw new UnknownCursorError();
  }
}
