import { holdLore } from '@fiction/contracts';
import { outgoing, Outbox } from '@fiction/messaging';
import type { UnitOfWork } from '@fiction/platform';
import { Injectable } from '@nestjs/common';

/** Nothing when it is what was told last. */
const CHANGED = `
  UPDATE plans SET held = paused.branches, holds = holds + 1
  FROM (SELECT coalesce(array_agg(b.name ORDER BY b.name), '{}') AS branches
    FROM plans p JOIN branches b ON b.plan_id = p.id
    WHERE p.id = $1
      AND (p.status = 'paused' OR b.name <> p.primary_branch AND b.status IN ('paused', 'archived'))) paused
  WHERE plans.id = $1 AND plans.held <> paused.branches RETURNING held, holds AS number`;

/** Tells lore-fulfillment which branches stand still, paused or archived: its clocks stand still meanwhile. */
@Injectable()
export class HeldBranches {
  constructor(private readonly outbox: Outbox) {}

  /** After whatever may have paused a plan or a branch, or let it go on, in that transaction. */
  async tell(uow: UnitOfWork, planId: string): Promise<void> {
    const [changed] = await uow.query<{ held: string[]; number: number }>(CHANGED, [planId]);
    if (changed !== undefined) await this.outbox.add(uow, [outgoing(holdLore, { planId, ...changed })]);
  }
}
