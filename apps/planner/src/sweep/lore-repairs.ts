import { Database, SERVICE_CONFIG, type ServiceConfig } from '@fiction/platform';
import { Inject, Injectable, Logger } from '@nestjs/common';
import { Dispatcher } from '../graph/dispatcher';
import { LORE_NOT_READY } from '../lore/lore-reasons';

interface RepairedRow {
  id: string;
  plan_id: string;
  branch: string;
}

/** The counts say what the graph says again; what waits for something is left alone. */
const REPAIR = `
  UPDATE items SET pending = 0, pending_lore = 0 WHERE id IN (
    SELECT id FROM items
    WHERE reason_code = '${LORE_NOT_READY}' AND status = 'blocked' AND changed_at < $1 AND NOT EXISTS (
      SELECT 1 FROM dependencies d JOIN items o ON o.id = d.depends_on
      WHERE d.item_id = items.id AND o.status <> 'complete')
    ORDER BY changed_at LIMIT 200 FOR UPDATE SKIP LOCKED)
  RETURNING id, plan_id, branch`;

/** Finds what waits for lore that is all there: a gate had not heard of it yet. Otherwise it should never find any. */
@Injectable()
export class LoreRepairs {
  private readonly log = new Logger(LoreRepairs.name);

  constructor(
    private readonly database: Database,
    private readonly dispatcher: Dispatcher,
    @Inject(SERVICE_CONFIG) private readonly config: ServiceConfig,
  ) {}

  async sweep(now: Date): Promise<void> {
    const before = new Date(now.getTime() - this.config.vanishedSeconds * 1000);
    await this.database.transaction(async (uow) => {
      const rows = await uow.query<RepairedRow>(REPAIR, [before]);
      for (const { id, plan_id: planId, branch } of rows) {
        this.log.warn(`${id} was waiting although all its lore is ready; it continues`);
        await this.dispatcher.dispatchAmong(uow, planId, branch, [id]);
      }
    });
  }
}
