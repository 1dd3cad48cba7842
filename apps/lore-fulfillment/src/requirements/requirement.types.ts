import type { LoreNeed } from '@fiction/contracts';
import type { z } from 'zod';
import type { loreStatusSchema } from '@fiction/contracts';

export type LoreStatus = z.infer<typeof loreStatusSchema>;

/** What the world must establish, and where in the book it is needed first; no chapter: the whole book. */
export interface Requirement extends LoreNeed {
  id: string;
  chapter: number | null;
  scene: number | null;
}

/** A step in the life of a requirement, as its timeline keeps it. */
export interface Transition {
  branch: string;
  requirementId: string;
  to: LoreStatus;
  runId: string;
  /** Who moved it: automation, a person, a tool. */
  source: string;
  note?: string;
  entryId?: string;
}
