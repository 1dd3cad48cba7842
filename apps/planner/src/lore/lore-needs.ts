import {
  authorConversation,
  declareLore,
  type AskedBy,
  type Continuity,
  type LoreKind,
  type LoreNeed,
  type LoreTerms,
  type SettledBrief,
} from '@fiction/contracts';
import { outgoing, Outbox } from '@fiction/messaging';
import { Database, type UnitOfWork } from '@fiction/platform';
import { sharedOrOwn } from '@fiction/runtime';
import { Injectable } from '@nestjs/common';
import { PlanGraph } from '../graph/plan-graph';
import { FIRST_ASKED, planIds } from '../graph/plan-ids';
import { meaningOf, normaliseName } from './need-meaning';
import { visibleNeed } from './visible-need';

/** A need with the id of its requirement. `fresh`: nobody before it in the plan has asked for the same. */
export interface NumberedNeed extends LoreNeed {
  requirementId: string;
  fresh: boolean;
  /** `entry` if left out. */
  kind?: LoreKind;
  /** What it means, if domain and name do not say it. */
  meaning?: string;
}

interface NeedRow {
  requirement_id: string;
  meaning: string;
}

/** Whose lore it is: the book's (no chapter), a chapter's (no scene) or a scene's. */
export interface LoreScope {
  planId: string;
  branch: string;
  chapter: number | null;
  scene: number | null;
}

/** Lore that people have asked for: the book's (no chapter), all scenes' of a chapter (no scene), or one scene's. */
export interface AskedFor {
  itemId: string;
  chapter: number | null;
  scene: number | null;
}

/** Of what surely came before: with one chapter after the other ($5) what earlier chapters need, with $6 their scenes too. */
const KNOWN = `
  SELECT requirement_id, meaning FROM lore_needs
  WHERE plan_id = $1 AND ${visibleNeed('$2')} AND kind = 'entry'
    AND (chapter IS NULL OR chapter = $3 AND (scene IS NULL OR scene = $4)
      OR $5 AND chapter < $3 AND scene IS NULL
      OR $6 AND chapter < $3 AND run_id LIKE 'fiction:scroll:%')
  GROUP BY requirement_id, meaning
  ORDER BY min(coalesce(chapter, 0)), min(coalesce(scene, 0)), requirement_id`;
const SAME = `
  SELECT DISTINCT ON (meaning) requirement_id, meaning FROM lore_needs
  WHERE plan_id = $1 AND ${visibleNeed('$2')} AND meaning = ANY($3::text[]) ORDER BY meaning, requirement_id`;
/** On whatever branch, so that one id seldom stands for two things. */
const LAST = `
  SELECT max(substring(requirement_id FROM '-lore-(\\d+)$')::int) AS last FROM lore_needs
  WHERE plan_id = $1 AND coalesce(chapter, 0) = $2 AND coalesce(scene, 0) = $3 AND starts_with(requirement_id, $4)
    AND (substring(requirement_id FROM '-lore-(\\d+)$')::int >= ${FIRST_ASKED}) = $5`;
/** People who ask for lore, and scrolls that make scenes, must see each other. Scrolls do not wait for one another. */
const ASKING = `SELECT pg_advisory_xact_lock(hashtextextended('lore:' || $1, 0))`;
const MAKING = `SELECT pg_advisory_xact_lock_shared(hashtextextended('lore:' || $1, 0))`;
const ASKED_FOR = `
  SELECT DISTINCT requirement_id, chapter, scene FROM lore_needs
  WHERE plan_id = $1 AND ${sharedOrOwn('lore_needs', '$2')} AND kind = 'entry' AND run_id LIKE 'person:%'
    AND (chapter IS NULL OR chapter = ANY($3::int[])) ORDER BY requirement_id, chapter, scene`;
const BRIEF = 'SELECT brief FROM branches WHERE plan_id = $1 AND name = $2';
const ADD = `
  INSERT INTO lore_needs (requirement_id, plan_id, branch, chapter, scene, domain, name, item_id, run_id, why, kind, meaning)
  SELECT requirement_id, $1, $2, $3::int, $4::int, domain, name, item_id, $9, why, kind, meaning
  FROM unnest($5::text[], $6::text[], $7::text[], $8::text[], $10::text[], $11::text[], $12::text[])
    AS n (requirement_id, domain, name, item_id, why, kind, meaning)
  ON CONFLICT DO NOTHING RETURNING requirement_id`;

/** What the story needs established, by whom it was asked for; each becomes a node of the graph. */
@Injectable()
export class LoreNeeds {
  constructor(
    private readonly database: Database,
    private readonly graph: PlanGraph,
    private readonly outbox: Outbox,
  ) {}

  /**
   * Gives needs their requirement ids. What has been asked for before keeps its id; what else the world bible has an entry
   * for (`known` names) is no need at all. Only ancestors are looked at, so that the ids do not depend on which chapter is
   * first.
   * @param earlier what the same run asks for before
   */
  async number(
    scope: LoreScope,
    needs: LoreNeed[],
    { known, continuity, earlier = [] }: { known: Iterable<string>; continuity: Continuity; earlier?: NumberedNeed[] },
  ): Promise<NumberedNeed[]> {
    if (needs.length === 0) return [];
    const { planId, branch, chapter, scene } = scope;
    const before = [continuity !== 'loose', continuity === 'strict'];
    const rows = await this.database.query<NeedRow>(KNOWN, [planId, branch, chapter, scene, ...before]);
    const asked = new Set(rows.map((row) => row.meaning));
    const own = earlier
      .map((need) => ({ requirement_id: need.requirementId, meaning: meaningOf(need) }))
      .filter(({ meaning }) => !asked.has(meaning));
    for (const { meaning } of own) asked.add(meaning);
    const established = new Set([...known].map(normaliseName));
    const wanted = needs.filter((need) => asked.has(meaningOf(need)) || !established.has(normaliseName(need.name)));
    return numbered(scope, wanted, [...rows, ...own], 0);
  }

  /**
   * The same for needs that turn up later: whatever the plan asks for already, wherever, keeps its id.
   * @param asked by a person
   */
  async numberLater(
    uow: UnitOfWork,
    scope: LoreScope,
    needs: (LoreNeed & { kind?: LoreKind; meaning?: string })[],
    asked = false,
  ): Promise<NumberedNeed[]> {
    const { planId, branch } = scope;
    const meanings = needs.map((need) => need.meaning ?? meaningOf(need));
    const rows = await uow.query<NeedRow>(SAME, [planId, branch, meanings]);
    const place = [scope.chapter ?? 0, scope.scene ?? 0, `${ownerOf(scope)}-lore-`];
    const [last] = await uow.query<{ last: number | null }>(LAST, [planId, ...place, asked]);
    return numbered(scope, needs, rows, last?.last ?? (asked ? FIRST_ASKED - 1 : 0));
  }

  /**
   * Records needs, declares them to lore-fulfillment, which keeps everybody who asks, and adds the fresh ones to the graph
   * after the world. Answers the ids that this source had not asked for.
   */
  async add(
    uow: UnitOfWork,
    scope: LoreScope,
    source: string,
    needs: NumberedNeed[],
    askedFrom?: AskedBy['source'],
  ): Promise<string[]> {
    if (needs.length === 0) return [];
    const { planId, branch, chapter, scene } = scope;
    const added = await uow.query<NeedRow>(ADD, [
      planId,
      branch,
      chapter,
      scene,
      needs.map((need) => need.requirementId),
      needs.map((need) => need.domain),
      needs.map((need) => need.name),
      needs.map((need) => this.itemId(scope, need.requirementId)),
      source,
      needs.map((need) => need.why),
      needs.map((need) => need.kind ?? 'entry'),
      needs.map((need) => need.meaning ?? meaningOf(need)),
    ]);
    const terms = await this.declare(uow, scope, source, needs, askedFrom);
    const fresh = needs.filter((need) => need.fresh && need.kind !== 'contradiction');
    const world = this.graph.itemId(planId, branch, 'world', {});
    await this.graph.grow(
      uow,
      planId,
      branch,
      fresh.map(({ requirementId }) => ({
        phase: 'lore',
        target: { requirementId },
        dependsOn: [world],
        awaitsRelease: terms.policy !== 'immediate',
      })),
    );
    return added.map((row) => row.requirement_id);
  }

  /** To be called in a transaction in which a person asks for lore, when it has the plan and before it looks at its items. */
  async asking(uow: UnitOfWork, planId: string): Promise<void> {
    await uow.query(ASKING, [planId]);
  }

  /** What people have said must be established before the scenes of chapters. */
  async askedFor(uow: UnitOfWork, planId: string, branch: string, chapters: number[]): Promise<AskedFor[]> {
    await uow.query(MAKING, [planId]);
    const rows = await uow.query<{ requirement_id: string; chapter: number | null; scene: number | null }>(ASKED_FOR, [
      planId,
      branch,
      chapters,
    ]);
    return rows.map(({ requirement_id: requirementId, chapter, scene }) => ({
      itemId: this.itemId({ planId, branch }, requirementId),
      chapter,
      scene,
    }));
  }

  itemId(scope: Pick<LoreScope, 'planId' | 'branch'>, requirementId: string): string {
    return this.graph.itemId(scope.planId, scope.branch, 'lore', { requirementId });
  }

  /** Says what is required, and on what terms; answers these. */
  async declare(
    uow: UnitOfWork,
    scope: LoreScope,
    source: string,
    needs: NumberedNeed[],
    askedFrom?: AskedBy['source'],
  ): Promise<LoreTerms> {
    const { planId, branch, chapter, scene } = scope;
    const [plan] = await uow.query<{ brief: SettledBrief }>(BRIEF, [planId, branch]);
    const { lore: terms, planningPasses } = plan!.brief;
    const declaration = {
      planId,
      branch,
      source,
      askedFrom,
      conversationId: authorConversation(planId, branch),
      planPassId: chapter === null ? null : `${planId}:${planningPasses}`,
      terms,
      requirements: needs.map(({ domain, name, why, requirementId, kind = 'entry' }) => ({
        domain,
        name,
        why,
        requirementId,
        kind,
        chapter,
        scene,
        backlogItemId: kind === 'entry' ? this.itemId(scope, requirementId) : null,
      })),
    };
    await this.outbox.add(uow, [outgoing(declareLore, declaration)]);
    return terms;
  }
}

/** @param last the highest number that was given before */
function numbered(
  scope: LoreScope,
  needs: (LoreNeed & { kind?: LoreKind; meaning?: string })[],
  known: NeedRow[],
  last: number,
): NumberedNeed[] {
  // Of several with one meaning the first in the book counts.
  const ids = new Map(known.toReversed().map((row) => [row.meaning, row.requirement_id]));
  const taken = new Set(known.map((row) => row.requirement_id));
  const byMeaning = new Map<string, NumberedNeed>();
  let next = last;
  for (const need of needs) {
    const meaning = need.meaning ?? meaningOf(need);
    if (byMeaning.has(meaning)) continue;
    const earlier = ids.get(meaning);
    next += 1;
    while (earlier === undefined && taken.has(planIds.lore(ownerOf(scope), next))) next += 1;
    const requirementId = earlier ?? planIds.lore(ownerOf(scope), next);
    byMeaning.set(meaning, { ...need, requirementId, fresh: earlier === undefined });
  }
  return [...byMeaning.values()];
}

/** Whether this is the place that first asked for the requirement: its id says which. */
export function isOwnNeed(scope: Omit<LoreScope, 'branch'>, requirementId: string): boolean {
  return requirementId.startsWith(`${ownerOf(scope)}-lore-`);
}

function ownerOf({ planId, chapter, scene }: Omit<LoreScope, 'branch'>): string {
  if (chapter === null) return planId;
  return scene === null ? planIds.scroll(planId, chapter) : planIds.scene(planId, chapter, scene);
}
