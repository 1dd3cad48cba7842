import {
  InvalidInputError,
  supplyLore,
  type AskedBy,
  type BranchChanges,
  type FieldProblem,
  type LoreNeed,
} from '@fiction/contracts';
import { outgoing, Outbox } from '@fiction/messaging';
import type { UnitOfWork } from '@fiction/platform';
import { Injectable } from '@nestjs/common';
import type { ForkNode } from './fork-graph';
import type { NewItem } from '../graph/plan-graph';
import { isOwnNeed, LoreNeeds } from '../lore/lore-needs';
import { visibleNeed } from '../lore/visible-need';

type Supplied = NonNullable<BranchChanges['lore']>;

interface ForkedPlan extends AskedBy {
  planId: string;
  from: string;
  branch: string;
}

interface NeedRow extends LoreNeed {
  requirement_id: string;
  chapter: number | null;
  scene: number | null;
  run_id: string;
}

/** Whether people ask for it, and whether nobody but the checks of scenes does. */
const DECLARERS = `
  SELECT requirement_id, bool_or(run_id LIKE 'person:%') AS asked, bool_and(run_id LIKE 'fiction:scene:%') AS raised
  FROM lore_needs WHERE plan_id = $1 AND ${visibleNeed('$2')} AND kind = 'entry' GROUP BY requirement_id`;
/** A run that the branch makes anew has a name of its own; what people ask for they ask for there too. */
const CARRY = `
  INSERT INTO lore_needs (requirement_id, plan_id, branch, chapter, scene, domain, name, item_id, run_id, why, kind, meaning)
  SELECT requirement_id, plan_id, $3, chapter, scene, domain, name,
    regexp_replace(item_id, '@[^@]*$', '') || '@' || $3,
    CASE WHEN run_id LIKE 'person:%' THEN run_id ELSE regexp_replace(run_id, '@[^@]*$', '') || '@' || $3 END,
    why, kind, meaning
  FROM lore_needs WHERE plan_id = $1 AND ${visibleNeed('$2')} AND kind = 'entry'
    AND (run_id LIKE 'person:%' OR (requirement_id = ANY($4::text[]) AND run_id LIKE 'fiction:scene:%'))
  ON CONFLICT DO NOTHING RETURNING requirement_id, domain, name, why, chapter, scene, run_id`;

/** What a fork means for lore: what is declared on it anew, and what somebody says it is to become. */
@Injectable()
export class ForkedLore {
  constructor(
    private readonly needs: LoreNeeds,
    private readonly outbox: Outbox,
  ) {}

  /** The nodes, each lore among them with who would declare it on a fork. */
  async withDeclarers<N extends ForkNode>(
    uow: UnitOfWork,
    planId: string,
    from: string,
    nodes: N[],
    supplied: Supplied,
  ): Promise<N[]> {
    const rows = await uow.query<{ requirement_id: string; asked: boolean; raised: boolean }>(DECLARERS, [
      planId,
      from,
    ]);
    const byId = new Map(rows.map((row) => [row.requirement_id, row]));
    const given = new Set(supplied.map((one) => one.requirementId));
    return nodes.map((node) => {
      const id = node.phase === 'lore' ? node.target.requirementId! : '';
      const row = byId.get(id);
      if (row === undefined) return node;
      if (row.asked || (row.raised && given.has(id))) return { ...node, declaredBy: 'apart' };
      return row.raised ? { ...node, declaredBy: 'scene' } : node;
    });
  }

  /** Declares on the branch what no run of it will, and hands on what is supplied; before anything of it is started. */
  async carry(uow: UnitOfWork, forked: ForkedPlan, own: NewItem[], supplied: Supplied): Promise<void> {
    const { planId, from, branch, actor, source } = forked;
    const given = supplied.map((one) => one.requirementId);
    const rows = await uow.query<NeedRow>(CARRY, [planId, from, branch, given]);
    const isOwn = new Set(own.map((item) => item.target.requirementId));
    // Who declares first says what it is called and where it belongs: the same one as on the branch it comes from.
    const isFirst = ({ requirement_id: id, chapter, scene }: NeedRow): boolean =>
      isOwnNeed({ planId, chapter, scene }, id);
    const told = rows.filter(({ requirement_id: id }) => isOwn.has(id));
    for (const row of [...told.filter(isFirst), ...told.filter((one) => !isFirst(one))]) {
      const { requirement_id: requirementId, domain, name, why, chapter, scene, run_id: by } = row;
      const need = { requirementId, domain, name, why: why === '' ? name : why, fresh: true };
      await this.needs.declare(uow, { planId, branch, chapter, scene }, by, [need]);
    }
    await this.outbox.add(
      uow,
      supplied.map(({ requirementId, entry }) =>
        outgoing(supplyLore, { planId, branch, requirementId, entry, actor, source }),
      ),
    );
  }
}

/**
 * Refuses what a fork cannot be told.
 * @throws InvalidInputError naming each field
 */
export function checkSupplied(own: NewItem[], supplied: Supplied): void {
  const there = new Set(own.map((item) => item.target.requirementId));
  const seen = new Set<string>();
  const problems = supplied.flatMap(({ requirementId }, n): FieldProblem[] => {
    const field = `changes.lore.${n}.requirementId`;
    if (seen.has(requirementId)) return [{ field, message: 'is named twice' }];
    seen.add(requirementId);
    if (there.has(requirementId)) return [];
    return [{ field, message: 'is not a requirement of this branch, or the fork declares it again' }];
  });
  if (problems.length === 0) return;
  throw new InvalidInputError('The fork changes lore that it will not have.', problems, 'LORE_REQUIREMENT_UNKNOWN');
}
