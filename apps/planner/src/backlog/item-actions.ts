import {
  NotFoundError,
  presentMetadata,
  type ActionReply,
  type Binding,
  type cancelItem,
  type ReplyOf,
  type RequestOf,
  type resumeItem,
} from '@fiction/contracts';
import { ModelClient } from '@fiction/llm';
import { Outbox } from '@fiction/messaging';
import { Clock, Database, type UnitOfWork } from '@fiction/platform';
import { Injectable } from '@nestjs/common';
import { Dispatcher } from '../graph/dispatcher';
import { metadataOf, START_COLUMNS, type StartPlan, type StartRow } from '../graph/start-of';
import { LORE_NOT_READY } from '../lore/lore-reasons';
import { BranchArchivedError } from '../branches/branch-archived.error';
import { SPENDING, type Spending } from '../plans/budget';
import { PlanStatuses } from '../plans/plan-statuses';
import { ActionLog, type Asked } from './action-log';
import { BacklogReader } from './backlog.reader';
import { ITEM_COLUMNS, type ItemRow } from './backlog-rows';
import { Canceller } from './canceller';
import { itemEvents } from './item-events';
import {
  checkBinding,
  checkNames,
  checkStatus,
  MetadataMissingError,
  missingFields,
  ResumeRefusedError,
  type Named,
} from './refusals/resume-checks';

const PLAN = `SELECT 1 FROM plans WHERE id = $1 FOR NO KEY UPDATE`;
const BRANCH = `
  SELECT b.brief, p.correlation_id, b.status AS branch_status, ${SPENDING}
  FROM plans p JOIN branches b ON b.plan_id = p.id WHERE p.id = $1 AND b.name = $2`;
const ITEM = `SELECT ${ITEM_COLUMNS} FROM items WHERE id = $1 AND plan_id = $2 FOR NO KEY UPDATE`;
const UNFINISHED = `
  SELECT i.id, i.status FROM dependencies d JOIN items i ON i.id = d.depends_on
  WHERE d.item_id = $1 AND i.status <> 'complete' ORDER BY i.place COLLATE "C", i.id LIMIT 50`;
/** The item that a task is of: its id names the run and the revision. */
const TASK_ITEM = `SELECT id FROM items WHERE run_id = $1 AND revision >= $2`;
/** What was stopped with its plan or branch, and then for itself, does not go on with them. */
const FOR_ITSELF = `UPDATE items SET held_by = NULL WHERE id = $1 AND status = 'cancelled'`;
/** Whoever resumes lore that awaits its release releases it. */
const RESUME = `
  WITH released AS (
    UPDATE branches SET open_items = open_items + 1 FROM items
    WHERE items.id = $1 AND items.awaits_release AND branches.plan_id = items.plan_id AND branches.name = items.branch)
  UPDATE items SET status = 'queued', reason_code = NULL, status_reason = NULL, held_by = NULL, binding = $2,
    pending = pending - awaits_release::int, awaits_release = false, woken = false,
    resumption = resumption + 1, resume_requested_at = $3, changed_at = $3
  WHERE id = $1 RETURNING ${START_COLUMNS}`;
const BLOCK = `
  UPDATE items SET status = 'blocked', reason_code = 'METADATA_MISSING', status_reason = $2, changed_at = $3
  WHERE id = $1 AND status IN ('blocked', 'failed', 'cancelled', 'ready')
    AND reason_code IS DISTINCT FROM '${LORE_NOT_READY}' RETURNING id`;

interface Locked {
  plan: StartPlan & Spending & { branch_status: string };
  row: ItemRow;
}

/** Resumes and cancels single items. */
@Injectable()
export class ItemActions {
  constructor(
    private readonly database: Database,
    private readonly log: ActionLog,
    private readonly reader: BacklogReader,
    private readonly canceller: Canceller,
    private readonly dispatcher: Dispatcher,
    private readonly plans: PlanStatuses,
    private readonly models: ModelClient,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /** Sets exactly this item going again, on its recorded steps; what is not recorded yet uses the binding that is named. */
  async resume(query: RequestOf<typeof resumeItem>): Promise<ReplyOf<typeof resumeItem>> {
    const { planId, itemId } = query;
    const asked: Asked = { ...query, action: 'resume', branch: query.branch ?? null };
    try {
      const done = await this.log.once(asked, (uow) => this.resumeOnce(uow, query));
      return { ...done, item: await this.reader.read(planId, itemId) };
    } catch (error) {
      if (error instanceof MetadataMissingError) await this.block(query, error);
      throw error;
    }
  }

  async cancel(query: RequestOf<typeof cancelItem>): Promise<ActionReply> {
    const { planId, itemId, actor } = query;
    return this.log.once({ ...query, action: 'cancel', branch: null }, async (uow) => {
      const { plan, row } = await this.lockToWrite(uow, planId, itemId);
      if (row.status === 'complete') {
        throw new ResumeRefusedError('ITEM_COMPLETE', 409, `${itemId} is complete; there is nothing to cancel.`);
      }
      await uow.query(FOR_ITSELF, [itemId]);
      const ended = await this.canceller.cancel(uow, plan, {
        planId,
        itemIds: [itemId],
        from: ['pending', 'ready', 'queued', 'running', 'blocked', 'failed'],
        heldBy: null,
        reason: `requested by ${actor}`,
      });
      // It may have been the one for which all else stood still.
      if (row.status === 'failed') await this.plans.goOnWithoutFailures(uow, planId, row.branch);
      return ended;
    });
  }

  private async resumeOnce(uow: UnitOfWork, query: RequestOf<typeof resumeItem>): Promise<string[]> {
    const { planId, itemId, rebind } = query;
    const { plan, row } = await this.lockToWrite(uow, planId, itemId);
    const missing = missingFields(query.metadata);
    if (missing.length > 0) throw new MetadataMissingError(missing);
    const named = presentMetadata(query.metadata) as Named;
    if (query.branch !== undefined && query.branch !== row.branch) {
      throw new ResumeRefusedError('BRANCH_MISMATCH', 422, `The item belongs to branch "${row.branch}".`, 'branch');
    }
    checkNames(named, metadataOf(planId, plan, row), await this.taskItem(uow, named.taskId), rebind);
    const binding: Binding = { provider: named.providerId, model: named.modelId };
    checkBinding(binding, this.models.problemOf(binding));
    checkStatus(plan, row, await uow.query<{ id: string; status: string }>(UNFINISHED, [itemId]));

    const resumed = await uow.query<StartRow>(RESUME, [itemId, JSON.stringify(binding), this.clock.now()]);
    await this.plans.reopen(uow, planId, row.branch);
    await this.dispatcher.handOut(uow, planId, plan, resumed);
    await this.plans.goOnWithoutFailures(uow, planId, row.branch);
    return [itemId];
  }

  /** What cannot be resumed for want of a field shows so, and is told of. */
  private async block(query: RequestOf<typeof resumeItem>, { missing }: MetadataMissingError): Promise<void> {
    const { planId, itemId } = query;
    const message = `METADATA_MISSING: ${missing.join(', ')}`;
    await this.database.transaction(async (uow) => {
      const { plan, row } = await this.lock(uow, planId, itemId);
      const task = metadataOf(planId, plan, row);
      const metadata = Object.fromEntries(
        Object.entries(task).filter(([field]) => !missing.some((name) => name === field)),
      );
      // What waits for lore goes on waiting, and then by itself.
      if ((await uow.query(BLOCK, [itemId, message, this.clock.now()])).length === 0) return;
      const details = { reason: 'METADATA_MISSING', missing };
      await this.outbox.add(
        uow,
        itemEvents(planId, plan, [row], { status: 'Blocked', message, checkpoint: 'pending', details, metadata }),
      );
    });
  }

  private async lock(uow: UnitOfWork, planId: string, itemId: string): Promise<Locked> {
    if ((await uow.query(PLAN, [planId])).length === 0) throw new NotFoundError('plan', planId);
    const [row] = await uow.query<ItemRow>(ITEM, [itemId, planId]);
    if (row === undefined) throw new NotFoundError('backlog item', itemId);
    const [plan] = await uow.query<Locked['plan']>(BRANCH, [planId, row.branch]);
    return { plan: plan!, row };
  }

  /** Before anything else is looked at: what is wrong with the request leaves no mark on an archived branch either. */
  private async lockToWrite(uow: UnitOfWork, planId: string, itemId: string): Promise<Locked> {
    const locked = await this.lock(uow, planId, itemId);
    if (locked.plan.branch_status === 'archived') throw new BranchArchivedError(locked.row.branch);
    return locked;
  }

  private async taskItem(uow: UnitOfWork, taskId: string): Promise<string | undefined> {
    const [, name, revision] = /^task:(.+)#(\d{1,9})$/.exec(taskId) ?? [];
    if (name === undefined) return undefined;
    const [row] = await uow.query<{ id: string }>(TASK_ITEM, [`fiction:${name}`, Number(revision)]);
    return row?.id;
  }
}
