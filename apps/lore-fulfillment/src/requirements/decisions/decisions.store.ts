import { IdempotencyKeyReusedError, type WorldEntryDraft } from '@fiction/contracts';
import { Clock, Database, storableJson, takeTurn, type UnitOfWork } from '@fiction/platform';
import { Injectable } from '@nestjs/common';
import type { Mover, RequirementRow } from '../requirement.types';

export type DecisionKind = 'request' | 'supply' | 'approve' | 'reject' | 'waive';

/** What somebody has decided about a requirement. */
export interface Decision extends Mover {
  id: string;
  decision: DecisionKind;
  entry: WorldEntryDraft | null;
  note: string | null;
}

export interface NewDecision extends Mover {
  requirementId: string;
  planId: string;
  branch: string;
  decision: DecisionKind;
  draftNumber?: number;
  entry?: WorldEntryDraft;
  note?: string;
  /** Under which key it was asked for, and what exactly; a key stands for one thing. */
  idempotencyKey?: string | null;
  digest?: string;
}

const ADD = `
  INSERT INTO requirement_decisions
    (requirement_id, plan_id, branch, decision, draft_number, entry, note, actor, source, idempotency_key, digest, at)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
  ON CONFLICT (requirement_id, branch, draft_number) WHERE draft_number IS NOT NULL DO NOTHING
  RETURNING id`;
/** The last text that was supplied, or that it was waived; either ends the matter, whatever was drafted. */
const SETTLEMENT = `
  SELECT id, decision, entry, note, actor, source FROM requirement_decisions
  WHERE requirement_id = $1 AND branch = $2 AND decision IN ('supply', 'waive') ORDER BY id DESC LIMIT 1`;
const OF_DRAFT = `
  SELECT id, decision, entry, note, actor, source FROM requirement_decisions
  WHERE requirement_id = $1 AND branch = $2 AND draft_number = $3`;
const LOCK = 'SELECT 1 FROM requirements WHERE id = $1 AND branch = $2 FOR UPDATE';
const FILING = 'filing.';
/** The step by which a run says what it is about to file; one that has failed is resumed with a step of its own. */
export const filingStep = (resumption: number): string => `${FILING}${resumption}`;
/** The step of a run whose entry is in the world bible. */
export const FILED = 'file';
/** Of a run that was stopped nobody knows whether the world bible has heard it; what that has filed once it keeps. */
const BEING_FILED = `
  SELECT 1 FROM runs JOIN steps ON steps.run_id = runs.id AND steps.revision = runs.revision
    AND (steps.name = '${FILED}'
      OR steps.name = '${FILING}' || runs.resumption AND runs.status IN ('queued', 'running', 'cancelled'))
  WHERE runs.id = $1 LIMIT 1`;
const UNDER_WAY = `
  SELECT 1 FROM runs WHERE id = $1 AND status IN ('queued', 'running') AND cancel_requested_at IS NULL`;
const EARLIER = 'SELECT digest FROM requirement_decisions WHERE plan_id = $1 AND idempotency_key = $2';

/** Somebody was quicker: what the run was about to file is not what is wanted. Tried again at once, it finds that. */
export class LoreDecidedError extends Error {
  readonly code = 'LORE_DECIDED';
  readonly retryable = true;
  readonly spendsAttempt = false;

  constructor(requirementId: string) {
    super(`somebody has decided about ${requirementId}`);
  }
}

/** What people have decided; rows are only ever added. */
@Injectable()
export class DecisionsStore {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** Answers false when that draft has been decided on before. */
  async add(uow: UnitOfWork, decided: NewDecision): Promise<boolean> {
    const rows = await uow.query(ADD, [
      decided.requirementId,
      decided.planId,
      decided.branch,
      decided.decision,
      decided.draftNumber ?? null,
      decided.entry === undefined ? null : storableJson(decided.entry),
      decided.note ?? null,
      decided.actor,
      decided.source,
      decided.idempotencyKey ?? null,
      decided.digest ?? null,
      this.clock.now(),
    ]);
    return rows.length > 0;
  }

  /**
   * Whether this was decided before, under the same key.
   * @throws IdempotencyKeyReusedError when the key stands for something else
   */
  async repeats(uow: UnitOfWork, planId: string, key: string | null, digest: string): Promise<boolean> {
    if (key === null) return false;
    await takeTurn(uow, `decision:${planId}:${key}`);
    const [earlier] = await uow.query<{ digest: string }>(EARLIER, [planId, key]);
    if (earlier !== undefined && earlier.digest !== digest) throw new IdempotencyKeyReusedError();
    return earlier !== undefined;
  }

  async settlement(
    requirementId: string,
    branch: string,
    reader: Pick<UnitOfWork, 'query'> = this.database,
  ): Promise<Decision | null> {
    const [row] = await reader.query<Decision>(SETTLEMENT, [requirementId, branch]);
    return row ?? null;
  }

  /**
   * That this is what is filed, whatever is decided later; by the transaction's end nobody can have decided otherwise.
   * @throws LoreDecidedError when somebody has
   */
  async beginFiling(uow: UnitOfWork, requirementId: string, branch: string, by: Decision | null): Promise<void> {
    await uow.query(LOCK, [requirementId, branch]);
    const last = await this.settlement(requirementId, branch, uow);
    if (last?.id !== by?.id) throw new LoreDecidedError(requirementId);
  }

  /** Whether a run has settled what it files, and may be filing it, or have filed it. */
  async isBeingFiled(uow: UnitOfWork, { run_id }: Pick<RequirementRow, 'run_id'>): Promise<boolean> {
    return (await uow.query(BEING_FILED, [run_id])).length > 0;
  }

  /** Whether a run is at it, or about to be. */
  async isUnderWay(uow: UnitOfWork, { run_id }: Pick<RequirementRow, 'run_id'>): Promise<boolean> {
    return (await uow.query(UNDER_WAY, [run_id])).length > 0;
  }

  /** Whether a draft was approved or rejected. */
  async ofDraft(requirementId: string, branch: string, draftNumber: number): Promise<Decision | null> {
    const [row] = await this.database.query<Decision>(OF_DRAFT, [requirementId, branch, draftNumber]);
    return row ?? null;
  }
}
