import { blockLore, type BlockLore } from '@fiction/contracts';
import { MessageHandlers } from '@fiction/messaging';
import { Clock, type UnitOfWork } from '@fiction/platform';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { LoreTimers } from './lore-timers';
import { SlaClocks } from './sla-clocks';

const WAIT = `
  INSERT INTO requirement_waits (requirement_id, plan_id, branch, item_id, since)
  SELECT requirement_id, plan_id, branch, item_id, $5
  FROM unnest($1::text[], $2::text[], $3::text[], $4::text[]) AS w (requirement_id, plan_id, branch, item_id)
  ORDER BY requirement_id, branch, item_id
  ON CONFLICT DO NOTHING`;

/** Takes down what waits for which requirement. A wait may be heard of before the requirement itself. */
@Injectable()
export class LoreBlocks implements OnModuleInit {
  constructor(
    private readonly handlers: MessageHandlers,
    private readonly clocks: SlaClocks,
    private readonly timers: LoreTimers,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.handlers.register(blockLore, (blocks, uow) => this.block(uow, blocks));
  }

  async block(uow: UnitOfWork, blocks: readonly BlockLore[]): Promise<void> {
    const waits = blocks.flatMap(({ requirementIds, ...wait }) =>
      requirementIds.map((requirementId) => ({ requirementId, ...wait })),
    );
    const ids = waits.map((wait) => wait.requirementId);
    await uow.query(WAIT, [
      ids,
      waits.map((wait) => wait.planId),
      waits.map((wait) => wait.branch),
      waits.map((wait) => wait.itemId),
      this.clock.now(),
    ]);
    await this.clocks.start(uow, ids);
    uow.onCommit(() => this.timers.look());
  }
}
