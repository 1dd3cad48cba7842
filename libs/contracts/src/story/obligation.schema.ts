import { z } from 'zod';

/** What is owed to the reader: that something will come true, be paid back, be explained, or be gone on with. */
export const OBLIGATION_KINDS = ['promise', 'debt', 'mystery', 'hook'] as const;
export const obligationKindSchema = z.enum(OBLIGATION_KINDS);
export type ObligationKind = z.infer<typeof obligationKindSchema>;

/** `resolved`: kept; `dismissed`: the writer says that it need not be. Both may be opened again. */
export const OBLIGATION_STATUSES = ['open', 'resolved', 'dismissed'] as const;
export const obligationStatusSchema = z.enum(OBLIGATION_STATUSES);
export type ObligationStatus = z.infer<typeof obligationStatusSchema>;

/** When an obligation is overdue: so many scenes after it was planted, or so many hours. Documented in docs/brief.md. */
export const obligationTermsSchema = z.strictObject({ scenes: z.int(), hours: z.number() });
export type ObligationTerms = z.infer<typeof obligationTermsSchema>;
export const DEFAULT_OBLIGATION_TERMS: ObligationTerms = { scenes: 12, hours: 72 };
