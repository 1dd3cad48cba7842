import { shortened, type DeadLetter } from '@fiction/contracts';

export interface DeadLetterRow {
  id: string;
  subject: string;
  body: string;
  error: string;
  deliveries: number;
  created_at: Date;
}

export const DEAD_LETTER_COLUMNS = 'id, subject, body, error, deliveries, created_at';

/** Longest text that is shown of a body, in characters. */
const MOST_SHOWN = 50_000;

/** As it is shown; of a very long body only the beginning. */
export function toDeadLetter({ created_at, body, ...row }: DeadLetterRow, service: string): DeadLetter {
  const { id, subject, error, deliveries } = row;
  const shown = shortened(body, MOST_SHOWN);
  return { id, subject, body: shown, error, deliveries, service, createdAt: created_at.toISOString() };
}
