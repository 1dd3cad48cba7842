import { authorConversation, declareLore, type LoreNeed, type SettledBrief } from '@fiction/contracts';
import { outgoing, Outbox } from '@fiction/messaging';
import { Database, type UnitOfWork } from '@fiction/platform';
import { sharedOrOwn } from '@fiction/runtime';
import { Injectable } from '@nestjs/common';
import { PlanGraph } from '../graph/plan-graph';
import { planIds } from '../graph/plan-ids';

/** A need with the id of its requirement. `fresh`: nobody before it in the plan has asked for the same. */
export interface NumberedNeed extends LoreNeed {
  requirementId: string;
  fresh: boolean;
}

interface NeedRow {
  requirement_id: string;
  domain: LoreNeed['domain'];
  name: string;
}

/** Whose lore it is: the book's (no chapter), a chapter's (no scene) or a scene's. */
export interface LoreScope {
  planId: string;
  branch: string;
  chapter: number | null;
  scene: number | null;
}

const KNOWN = `
  SELECT DISTINCT requirement_id, domain, name FROM lore_needs
  WHERE plan_id = $1 AND ${sharedOrOwn('lore_needs', '$2')} AND (chapter IS NULL OR chapter = $3) AND scene IS NULL
  ORDER BY requirement_id`;
const BRIEF = 'SELECT brief FROM branches WHERE plan_id = $1 AND name = $2';
const ADD = `
  INSERT INTO lore_needs (requirement_id, plan_id, branch, chapter, scene, domain, name, item_id, run_id)
  SELECT requirement_id, $1, $2, $3::int, $4::int, domain, name, item_id, $9
  FROM unnest($5::text[], $6::text[], $7::text[], $8::text[]) AS n (requirement_id, domain, name, item_id)
  ON CONFLICT DO NOTHING`;

/** Lower-cased, without articles, marks and spaces that do not tell names apart. */
export function normaliseName(name: string): string {
  return name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\p{P}\p{S}]+/gu, ' ')
    .replace(/^(the|a|an)\s+/, '')
    .replace(/\s+/g, ' ')
    .trim();
}

/** What the story needs established, by whom it was asked for; each becomes a node of the graph. */
@Injectable()
export class LoreNeeds {
  constructor(
    private readonly database: Database,
    private readonly graph: PlanGraph,
    private readonly outbox: Outbox,
  ) {}

  /** Ids of the book's and, with a chapter, of that chapter's lore. */
  async sharedIds(planId: string, branch: string, chapter: number | null): Promise<string[]> {
    const rows = await this.database.query<NeedRow>(KNOWN, [planId, branch, chapter]);
    return rows.map((row) => row.requirement_id);
  }

  /**
   * Gives needs their requirement ids. What the book or the chapter has asked for already keeps its id; what the world
   * bible has an entry for (`known` names) is no need at all. Only ancestors are looked at, so that the ids do not depend
   * on which chapter is first.
   */
  async number(scope: LoreScope, needs: LoreNeed[], known: Iterable<string>): Promise<NumberedNeed[]> {
    const rows = await this.database.query<NeedRow>(KNOWN, [scope.planId, scope.branch, scope.chapter]);
    const ids = new Map(rows.map((row) => [key(row), row.requirement_id]));
    const established = new Set([...known].map(normaliseName));
    const owner = ownerOf(scope);
    const numbered: NumberedNeed[] = [];
    for (const need of needs) {
      if (established.has(normaliseName(need.name))) continue;
      if (numbered.some((other) => key(other) === key(need))) continue;
      const earlier = ids.get(key(need));
      const requirementId = earlier ?? planIds.lore(owner, numbered.length + 1);
      numbered.push({ ...need, requirementId, fresh: earlier === undefined });
    }
    return numbered;
  }

  /** Records needs, declares the fresh ones to lore-fulfillment, and adds them to the graph after the world. */
  async add(uow: UnitOfWork, scope: LoreScope, source: string, needs: NumberedNeed[]): Promise<void> {
    if (needs.length === 0) return;
    const { planId, branch, chapter, scene } = scope;
    await uow.query(ADD, [
      planId,
      branch,
      chapter,
      scene,
      needs.map((need) => need.requirementId),
      needs.map((need) => need.domain),
      needs.map((need) => need.name),
      needs.map((need) => this.itemId(scope, need.requirementId)),
      source,
    ]);
    const fresh = needs.filter((need) => need.fresh);
    if (fresh.length === 0) return;
    const requirements = fresh.map(({ domain, name, why, requirementId }) => ({
      domain,
      name,
      why,
      requirementId,
      kind: 'entry' as const,
      chapter,
      scene,
      backlogItemId: this.itemId(scope, requirementId),
    }));
    const [plan] = await uow.query<{ brief: SettledBrief }>(BRIEF, [planId, branch]);
    const declaration = {
      planId,
      branch,
      source,
      conversationId: authorConversation(planId, branch),
      planPassId: chapter === null ? null : `${planId}:${plan!.brief.planningPasses}`,
      terms: plan!.brief.lore,
      requirements,
    };
    await this.outbox.add(uow, [outgoing(declareLore, declaration)]);
    const world = this.graph.itemId(planId, branch, 'world', {});
    await this.graph.grow(
      uow,
      planId,
      branch,
      fresh.map(({ requirementId }) => ({ phase: 'lore', target: { requirementId }, dependsOn: [world] })),
    );
  }

  itemId(scope: Pick<LoreScope, 'planId' | 'branch'>, requirementId: string): string {
    return this.graph.itemId(scope.planId, scope.branch, 'lore', { requirementId });
  }
}

function key(need: { domain: string; name: string }): string {
  return `${need.domain}\n${normaliseName(need.name)}`;
}

function ownerOf({ planId, chapter, scene }: LoreScope): string {
  if (chapter === null) return planId;
  return scene === null ? planIds.scroll(planId, chapter) : planIds.scene(planId, chapter, scene);
}
