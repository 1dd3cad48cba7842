import {
  IdempotencyKeyReusedError,
  InvalidInputError,
  NotFoundError,
  type ReplyOf,
  type RequestOf,
  type requireLore,
  type SettledBrief,
} from '@fiction/contracts';
import { Database, type UnitOfWork } from '@fiction/platform';
import { Injectable } from '@nestjs/common';
import { ActionLog } from '../backlog/action-log';
import { BranchArchivedError } from '../branches/branch-archived.error';
import { Dispatcher } from '../graph/dispatcher';
import { PlanGraph } from '../graph/plan-graph';
import { START_COLUMNS, type StartPlan, type StartRow } from '../graph/start-of';
import { PlanStatuses } from '../plans/plan-statuses';
import { LoreBlocks } from './lore-blocks';
import { LoreNeeds, type LoreScope, type NumberedNeed } from './lore-needs';
import { LORE_NOT_READY } from './lore-reasons';
import { meaningOf } from './need-meaning';
import { joinNeed } from './visible-need';

type Query = RequestOf<typeof requireLore>;
type CandidateRow = StartRow & { attempts: number; status: string };

const PLAN = 'SELECT 1 FROM plans WHERE id = $1 FOR NO KEY UPDATE';
const BRANCH = `
  SELECT b.brief, p.correlation_id, b.status = 'archived' OR p.status = 'archived' AS archived
  FROM branches b JOIN plans p ON p.id = b.plan_id WHERE b.plan_id = $1 AND b.name = $2`;
/** What is written there and has not begun. */
const CANDIDATES = `
  SELECT ${START_COLUMNS}, items.attempts, items.status FROM items
  WHERE plan_id = $1 AND branch = $2 AND phase IN ('scroll', 'scene') AND attempts = 0
    AND (status IN ('pending', 'ready') OR status = 'blocked' AND reason_code = '${LORE_NOT_READY}')
    AND ($3::int IS NULL OR (target ->> 'chapter')::int = $3)
    AND ($4::int IS NULL OR (phase = 'scene' AND (target ->> 'scene')::int = $4))
  ORDER BY id FOR NO KEY UPDATE`;
const ASKED = `
  SELECT i.target ->> 'requirementId' AS requirement_id, need.meaning FROM items i ${joinNeed('i')}
  WHERE i.id = $1`;

/** People say what the world must establish. */
@Injectable()
export class RequiredLore {
  constructor(
    private readonly database: Database,
    private readonly log: ActionLog,
    private readonly needs: LoreNeeds,
    private readonly graph: PlanGraph,
    private readonly dispatcher: Dispatcher,
    private readonly blocks: LoreBlocks,
    private readonly statuses: PlanStatuses,
  ) {}

  async require(query: Query): Promise<ReplyOf<typeof requireLore>> {
    let known = false;
    const { actionId, itemIds, repeated } = await this.log.once(
      { ...query, action: 'require-lore', itemId: null },
      async (uow) => {
        const { need, items } = await this.requireOnce(uow, query);
        known = !need.fresh;
        return items;
      },
    );
    const [itemId = '', ...waiting] = itemIds;
    const [asked] = await this.database.query<{ requirement_id: string; meaning: string }>(ASKED, [itemId]);
    if (asked?.meaning !== meaningOf(query)) throw new IdempotencyKeyReusedError();
    return { actionId, requirementId: asked.requirement_id, itemId, itemIds: waiting, repeated: repeated || known };
  }

  /** The item that establishes it comes first, and then those that wait for it now. */
  private async requireOnce(uow: UnitOfWork, query: Query): Promise<{ need: NumberedNeed; items: string[] }> {
    const { planId, branch, domain, name, why } = query;
    const plan = await this.lock(uow, query);
    await this.needs.asking(uow, planId);
    const scope = { planId, branch, chapter: query.chapter ?? null, scene: query.scene ?? null };
    const [need] = await this.needs.numberLater(uow, scope, [{ domain, name, why }], true);
    if (need!.fresh && plan.brief.lore.policy === 'immediate') await this.statuses.reopen(uow, planId, branch);
    await this.needs.add(uow, scope, `person:${query.actor}`, [need!], query.source);
    const own = this.needs.itemId(scope, need!.requirementId);
    const itemId = (await this.graph.visible(uow, planId, branch, [own]))(own);
    return { need: need!, items: [itemId, ...(await this.keepBack(uow, scope, plan, itemId))] };
  }

  private async keepBack(uow: UnitOfWork, scope: LoreScope, plan: StartPlan, dependsOn: string): Promise<string[]> {
    const { planId, branch, chapter, scene } = scope;
    const candidates = await uow.query<CandidateRow>(CANDIDATES, [planId, branch, chapter, scene]);
    const waiting = await this.graph.wait(
      uow,
      scope,
      candidates.map((item) => ({ itemId: item.id, dependsOn })),
    );
    await this.dispatcher.dispatchAmong(uow, planId, branch, waiting);
    // What waited for other lore before has its clock for this one started too.
    const before = candidates.filter(({ id, status }) => status === 'blocked' && waiting.includes(id));
    await this.blocks.tell(uow, planId, plan, before);
    return waiting;
  }

  private async lock(uow: UnitOfWork, query: Query): Promise<{ brief: SettledBrief; correlation_id: string }> {
    const { planId, branch, chapter, scene } = query;
    if ((await uow.query(PLAN, [planId])).length === 0) throw new NotFoundError('plan', planId);
    const [plan] = await uow.query<{ brief: SettledBrief; correlation_id: string; archived: boolean }>(BRANCH, [
      planId,
      branch,
    ]);
    if (plan === undefined) throw new NotFoundError('branch', branch);
    if (plan.archived) throw new BranchArchivedError(branch);
    if (scene !== undefined && chapter === undefined) {
      const problem = { field: 'chapter', message: 'is missing: a scene needs its chapter as well' };
      throw new InvalidInputError('A scene needs its chapter as well.', [problem]);
    }
    if (chapter !== undefined && chapter > plan.brief.chapters) throw new NotFoundError('chapter', String(chapter));
    if (scene !== undefined && scene > plan.brief.scenesPerChapter) {
      throw new NotFoundError('scene', `${chapter}.${scene}`);
    }
    return plan;
  }
}
