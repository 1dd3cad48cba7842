import {
  NotFoundError,
  type AskedBy,
  type LoreActionReply,
  type LoreStatus,
  type SuppliedLore,
  type WakeLore,
  type WorldEntryDraft,
} from '@fiction/contracts';
import { Database, type UnitOfWork } from '@fiction/platform';
import { ForkedBranches } from '@fiction/runtime';
import { Injectable } from '@nestjs/common';
import { createHash } from 'node:crypto';
import { Wakes } from '../clock/wakes';
import { RequirementsRepository } from '../reading/requirements.repository';
import { toView } from '../reading/requirement-view';
import type { RequirementRow } from '../requirement.types';
import { RequirementMoves } from '../timeline/requirement-moves';
import {
  LoreAlreadyDecidedError,
  LoreAlreadyReadyError,
  LoreAwaitsApprovalError,
  LoreBeingFiledError,
  LoreNeedsPersonError,
  LoreNotDraftedError,
} from './decision.errors';
import { DecisionsStore, type DecisionKind } from './decisions.store';
import { entryOfText } from './supplied-text';

/** Which requirement is meant, and who asks. */
export interface Asked extends AskedBy {
  planId: string;
  branch: string;
  requirementId: string;
  idempotencyKey: string | null;
}

/** What a decision comes to. */
interface Ruling {
  decision: DecisionKind;
  to: LoreStatus;
  because: WakeLore['because'];
  note: string;
  /** What the decision itself says, as it is kept. */
  said?: { entry?: WorldEntryDraft; note?: string; draftNumber?: number };
}

/** Records what people decide about requirements, moves them on, and wakes their runs: in one transaction each. */
@Injectable()
export class DecisionsService {
  constructor(
    private readonly database: Database,
    private readonly branches: ForkedBranches,
    private readonly requirements: RequirementsRepository,
    private readonly decisions: DecisionsStore,
    private readonly moves: RequirementMoves,
    private readonly wakes: Wakes,
  ) {}

  /** Runs the tool, or takes what a person has written in place of it. */
  fulfil(asked: Asked, given: { entry?: WorldEntryDraft; text?: string }): Promise<LoreActionReply> {
    return this.decide(asked, { fulfil: given }, (row) => {
      if (row.kind === 'contradiction') throw new LoreNeedsPersonError(row.name);
      if (given.entry === undefined && given.text === undefined && isToBeJudged(row)) {
        throw new LoreAwaitsApprovalError(row.name);
      }
      const entry = given.entry ?? (given.text === undefined ? undefined : ofText(row, given.text));
      return entry === undefined
        ? { decision: 'request', to: 'requested', because: 'requested', note: 'asked for' }
        : { decision: 'supply', to: 'requested', because: 'supplied', note: 'supplied by a person', said: { entry } };
    });
  }

  approve(asked: Asked): Promise<LoreActionReply> {
    return this.decide(asked, { approve: true }, (row) => {
      const said = { draftNumber: awaited(row) };
      return { decision: 'approve', to: 'drafted', because: 'approved', note: 'approved', said };
    });
  }

  reject(asked: Asked, reason: string): Promise<LoreActionReply> {
    return this.decide(asked, { reject: reason }, (row) => {
      const said = { draftNumber: awaited(row), note: reason };
      return { decision: 'reject', to: 'rejected', because: 'rejected', note: reason, said };
    });
  }

  /** The writer says that it is meant as it is: nothing has to be established. */
  waive(asked: Asked, note: string): Promise<LoreActionReply> {
    return this.decide(asked, { waive: note }, () => ({
      decision: 'waive',
      to: 'ready',
      because: 'waived',
      note: `waived: ${note}`,
      said: { note },
    }));
  }

  /** What a fork says about requirements of the new branch; those need not be there yet. */
  async supply(uow: UnitOfWork, supplies: readonly SuppliedLore[]): Promise<void> {
    for (const { planId, branch, requirementId, entry, actor, source } of supplies) {
      const said = { planId, branch, requirementId, entry, actor, source };
      await this.decisions.add(uow, { ...said, decision: 'supply' });
      const by = { actor, source };
      const row = await this.moves.move(uow, {
        requirementId,
        branch,
        to: 'requested',
        by,
        note: 'supplied by a person',
      });
      if (row !== undefined) await this.wakes.wake(uow, row, 'supplied', by);
    }
  }

  private async decide(asked: Asked, request: object, rule: (row: RequirementRow) => Ruling): Promise<LoreActionReply> {
    const { planId, branch, requirementId, actor, source, idempotencyKey } = asked;
    const by = { actor, source };
    const digest = digestOf({ branch, requirementId, ...request });
    const lineage = await this.branches.lineage(planId, branch);
    return this.database.transaction(async (uow) => {
      const repeated = await this.decisions.repeats(uow, planId, idempotencyKey, digest);
      const row = await this.requirements.lock(uow, planId, lineage, requirementId);
      if (row === undefined) throw new NotFoundError('lore requirement', requirementId);
      if (repeated) return { requirement: toView(row), repeated };
      if (row.status === 'ready') throw new LoreAlreadyReadyError(row.name);
      if (await this.decisions.isBeingFiled(uow, row)) throw new LoreBeingFiledError(row.name);
      const { decision, to, because, note, said } = rule(row);
      const decided = { planId, branch, requirementId, ...by, decision, ...said, idempotencyKey, digest };
      if (!(await this.decisions.add(uow, decided))) throw new LoreAlreadyDecidedError(row.name);
      const moved = await this.moves.move(uow, { requirementId, branch, to, by, note, waived: decision === 'waive' });
      // Its run drafts it as it is: should that wait or fail later, this was no word about it.
      const underWay = decision === 'request' && (await this.decisions.isUnderWay(uow, row));
      await this.wakes.wake(uow, moved!, because, by, underWay);
      return { requirement: toView(moved!), repeated };
    });
  }
}

function isToBeJudged({ status, approval }: RequirementRow): boolean {
  return status === 'drafted' && approval === 'human';
}

/** The number of the draft that waits to be approved. */
function awaited(row: RequirementRow): number {
  if (!isToBeJudged(row) || row.draft_number === null) throw new LoreNotDraftedError(row.name);
  return row.draft_number;
}

function ofText({ name, chapter, scene }: RequirementRow, text: string): WorldEntryDraft {
  return entryOfText(name, text, chapter === null ? '0.0' : `${chapter}.${scene ?? 1}`);
}

function digestOf(request: object): string {
  return createHash('sha256').update(JSON.stringify(request)).digest('hex');
}
