import {
  digestOf,
  DomainError,
  IdempotencyKeyReusedError,
  type AskedBy,
  type BacklogAction,
  type listBacklogActions,
  type ReplyOf,
  type RequestOf,
} from '@fiction/contracts';
import { Database, pageOfRows, takeTurn, type UnitOfWork } from '@fiction/platform';
import { Injectable } from '@nestjs/common';
import { parseNumber } from './backlog.cursor';

/** What is asked for, of what, by whom; whatever else it holds is part of what is asked for. */
export interface Asked extends AskedBy {
  action: BacklogAction['action'];
  planId: string;
  branch: string | null;
  itemId: string | null;
  idempotencyKey: string | null;
}

/** What was done. */
export interface Done {
  actionId: string;
  itemIds: string[];
}

interface ActionRow {
  id: string;
  action: BacklogAction['action'];
  plan_id: string;
  branch: string | null;
  item_id: string | null;
  item_ids: string[];
  actor: string;
  source: AskedBy['source'];
  outcome: BacklogAction['outcome'];
  code: string | null;
  message: string;
  digest: string | null;
  at: Date;
}

const INSERT = `
  INSERT INTO actions (action, plan_id, branch, item_id, item_ids, actor, source, outcome, code, message, idempotency_key,
    digest)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) RETURNING id`;
const EARLIER = `
  SELECT id, action, item_id, branch, item_ids, digest FROM actions
  WHERE plan_id = $1 AND idempotency_key = $2 AND outcome = 'accepted'`;
const LIST = `
  SELECT id, action, plan_id, branch, item_id, item_ids, actor, source, outcome, code, message, at FROM actions
  WHERE plan_id = $1 AND ($2::text IS NULL OR item_id = $2 OR $2 = ANY(item_ids)) AND ($3::bigint IS NULL OR id < $3)
  ORDER BY id DESC LIMIT $4`;

/** Who did what to which item, when, from where, and what came of it. Refusals are on record too. */
@Injectable()
export class ActionLog {
  constructor(private readonly database: Database) {}

  /** Does `work` once for each key, in one transaction with the record of it; what is refused is on record as well. */
  async once(asked: Asked, work: (uow: UnitOfWork) => Promise<string[]>): Promise<Done & { repeated: boolean }> {
    try {
      return await this.database.transaction(async (uow) => {
        const earlier = await this.earlier(uow, asked);
        if (earlier !== undefined) return { ...earlier, repeated: true };
        const itemIds = await work(uow);
        return { actionId: await this.write(uow, asked, itemIds, null), itemIds, repeated: false };
      });
    } catch (error) {
      if (error instanceof DomainError) await this.write(this.database, asked, [], error);
      throw error;
    }
  }

  /** Writes down what is done in somebody's name who does not wait for an answer. */
  async record(uow: UnitOfWork, asked: Asked, itemIds: string[]): Promise<void> {
    await this.write(uow, asked, itemIds, null);
  }

  async list(query: RequestOf<typeof listBacklogActions>): Promise<ReplyOf<typeof listBacklogActions>> {
    const { planId, itemId, limit } = query;
    const rows = await this.database.query<ActionRow>(LIST, [
      planId,
      itemId ?? null,
      parseNumber(query.cursor),
      limit + 1,
    ]);
    const { page, nextCursor } = pageOfRows(rows, limit, (last) => last.id);
    return { items: page.map(toAction), nextCursor };
  }

  private async earlier(uow: UnitOfWork, asked: Asked): Promise<Done | undefined> {
    const { planId, idempotencyKey: key } = asked;
    if (key === null) return undefined;
    await takeTurn(uow, `action:${planId}:${key}`);
    const [row] = await uow.query<ActionRow>(EARLIER, [planId, key]);
    if (row === undefined) return undefined;
    const same = row.action === asked.action && row.item_id === asked.itemId && row.branch === asked.branch;
    if (!same || (row.digest !== null && row.digest !== digestOfAsked(asked))) {
      throw new IdempotencyKeyReusedError();
    }
    return { actionId: row.id, itemIds: row.item_ids };
  }

  private async write(
    uow: Pick<UnitOfWork, 'query'>,
    asked: Asked,
    itemIds: string[],
    refusal: DomainError | null,
  ): Promise<string> {
    const [row] = await uow.query<{ id: string }>(INSERT, [
      asked.action,
      asked.planId,
      asked.branch,
      asked.itemId,
      itemIds,
      asked.actor,
      asked.source,
      refusal === null ? 'accepted' : 'refused',
      refusal?.code ?? null,
      refusal?.message ?? '',
      asked.idempotencyKey,
      asked.idempotencyKey === null ? null : digestOfAsked(asked),
    ]);
    return row!.id;
  }
}

/** By whom and from where it is asked for makes no other request of it. */
function digestOfAsked({ actor: _actor, source: _source, idempotencyKey: _key, ...asked }: Asked): string {
  return digestOf(asked);
}

function toAction(row: ActionRow): BacklogAction {
  return {
    actionId: row.id,
    action: row.action,
    planId: row.plan_id,
    branch: row.branch,
    itemId: row.item_id,
    actor: row.actor,
    source: row.source,
    outcome: row.outcome,
    code: row.code,
    message: row.message,
    at: row.at.toISOString(),
  };
}
