import { blockLore } from '@fiction/contracts';
import { outgoing, Outbox } from '@fiction/messaging';
import type { UnitOfWork } from '@fiction/platform';
import { Injectable } from '@nestjs/common';
import { itemEvents } from '../backlog/item-events';
import type { StartPlan, StartRow } from '../graph/start-of';
import { LORE_NOT_READY } from './lore-reasons';

interface MissingRow {
  item_id: string;
  missing: string[];
}

const MISSING = `
  SELECT d.item_id, array_agg(l.target ->> 'requirementId' ORDER BY l.id) AS missing
  FROM dependencies d JOIN items l ON l.id = d.depends_on
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
    const byId = new Map(rows.map((row) => [row.id, row]));
    for (const { item_id: itemId, missing } of await uow.query<MissingRow>(MISSING, [[...byId.keys()]])) {
      const row = byId.get(itemId)!;
      await this.outbox.add(uow, [
        ...itemEvents(planId, plan, [row], {
          status: 'Blocked',
          message: `waits for lore: ${missing.join(', ')}`,
          checkpoint: row.attempts === 0 ? 'pending' : 'in-progress',
          details: { reason: LORE_NOT_READY, missing },
          // What has never begun is at no attempt: its first one must be news.
          attempt: row.attempts,
        }),
        outgoing(blockLore, { planId, branch: row.branch, requirementIds: missing, itemId }),
      ]);
    }
  }
}
