import { blockLore } from '@fiction/contracts';
import { outgoing, Outbox } from '@fiction/messaging';
import type { UnitOfWork } from '@fiction/platform';
import { Injectable } from '@nestjs/common';
import { itemEvents } from '../backlog/item-events';
import type { StartPlan, StartRow } from '../graph/start-of';
import { LORE_NOT_READY } from './lore-reasons';
import { joinNeed } from './visible-need';

interface MissingRow {
  item_id: string;
  missing: string[];
  names: string[];
}

const MISSING = `
  SELECT d.item_id, array_agg(l.target ->> 'requirementId' ORDER BY l.id) AS missing,
    array_agg(coalesce(need.name, l.target ->> 'requirementId') ORDER BY l.id) AS names
  FROM dependencies d JOIN items l ON l.id = d.depends_on ${joinNeed('l')}
  WHERE d.item_id = ANY($1::text[]) AND l.phase = 'lore' AND l.status <> 'complete'
  GROUP BY d.item_id ORDER BY d.item_id`;

/** Tells of items that wait for nothing but lore: people, and lore-fulfillment, whose clocks start. */
@Injectable()
export class LoreBlocks {
  constructor(private readonly outbox: Outbox) {}

  async tell(
    uow: UnitOfWork,
    planId: string,
    plan: StartPlan,
    rows: (StartRow & { attempts: number })[],
  ): Promise<void> {
    if (rows.length === 0) return;
    const found = await uow.query<MissingRow>(MISSING, [rows.map((row) => row.id)]);
    const missingOf = new Map(found.map((row) => [row.item_id, row.missing]));
    const namesOf = new Map(found.map((row) => [row.item_id, row.names]));
    const waiting = rows.filter((row) => missingOf.has(row.id));
    const blocks = waiting.map(({ id, branch }) =>
      outgoing(blockLore, { planId, branch, requirementIds: missingOf.get(id)!, itemId: id }),
    );
    const news = itemEvents(planId, plan, waiting, ({ id, attempts }) => ({
      status: 'Blocked',
      message: `waits for lore: ${namesOf.get(id)!.join(', ')}`,
      checkpoint: attempts === 0 ? 'pending' : 'in-progress',
      details: { reason: LORE_NOT_READY, missing: missingOf.get(id)! },
      // What has never begun is at no attempt: its first one must be news.
      attempt: attempts,
    }));
    await this.outbox.add(uow, [...news, ...blocks]);
  }
}
