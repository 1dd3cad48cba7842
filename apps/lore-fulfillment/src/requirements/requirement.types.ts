import type { LoreKind, LoreNeed, LoreStatus, LoreTerms, WorldEntryDraft } from '@fiction/contracts';

/** What the world must establish, and where in the book it is needed first; no chapter: the whole book. */
export interface Requirement extends LoreNeed {
  id: string;
  chapter: number | null;
  scene: number | null;
  approval: LoreTerms['approval'];
}

/** A row of `requirements`. */
export interface RequirementRow extends LoreNeed {
  id: string;
  plan_id: string;
  branch: string;
  kind: LoreKind;
  chapter: number | null;
  scene: number | null;
  source: string;
  status: LoreStatus;
  run_id: string | null;
  entry_id: string | null;
  conversation_id: string;
  plan_pass_id: string | null;
  backlog_item_id: string | null;
  policy: LoreTerms['policy'];
  sla_seconds: number;
  approval: LoreTerms['approval'];
  blocked_at: Date | null;
  due_at: Date | null;
  breached_at: Date | null;
  draft: WorldEntryDraft | null;
  draft_number: number | null;
  waived: boolean;
  created_at: Date;
  updated_at: Date;
}

/** Columns of `RequirementRow`, of alias `r`. */
export const REQUIREMENT_COLUMNS = `r.id, r.plan_id, r.branch, r.domain, r.name, r.why, r.kind, r.chapter, r.scene,
  r.source, r.status, r.run_id, r.entry_id, r.conversation_id, r.plan_pass_id, r.backlog_item_id, r.policy, r.sla_seconds,
  r.approval, r.blocked_at, r.due_at, r.breached_at, r.draft, r.draft_number, r.waived, r.created_at, r.updated_at`;

/** Who moves a requirement on, and from where. */
export interface Mover {
  actor: string;
  /** automation, assistant, console, cli, api. */
  source: string;
}

/** This service itself. */
export const AUTOMATION: Mover = { actor: 'lore-fulfillment', source: 'automation' };
