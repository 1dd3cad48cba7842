import { alertCauseReported, shortened } from '@fiction/contracts';
import { outgoing, Outbox } from '@fiction/messaging';
import { Clock, type UnitOfWork } from '@fiction/platform';
import { Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import type { RequirementRow } from '../requirement.types';

/** Longest message that an alert carries, with room for the rest. */
const MOST_MESSAGE = 1_500;

/** Reports that a requirement cannot be fulfilled as things are, and that it is ready after all. */
@Injectable()
export class LoreAlerts {
  constructor(
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  async open(uow: UnitOfWork, requirement: RequirementRow, problem: string): Promise<void> {
    const message = shortened(`The lore "${requirement.name}" could not be fulfilled: ${problem}`, MOST_MESSAGE);
    await this.report(uow, requirement, true, `${message}. Supply it, waive it, or resume its item.`);
  }

  async close(uow: UnitOfWork, requirement: RequirementRow): Promise<void> {
    await this.report(uow, requirement, false, `The lore "${requirement.name}" is ready.`);
  }

  private async report(uow: UnitOfWork, requirement: RequirementRow, present: boolean, message: string): Promise<void> {
    const { id, plan_id, branch, backlog_item_id } = requirement;
    const cause = {
      eventId: randomUUID(),
      rule: 'lore-failed' as const,
      cause: `${id}@${branch}`,
      planId: plan_id,
      branch,
      itemIds: backlog_item_id === null ? [] : [backlog_item_id],
      severity: 'warning' as const,
      message,
      present,
      occurredAt: this.clock.now().toISOString(),
    };
    await this.outbox.add(uow, [outgoing(alertCauseReported, cause)]);
  }
}
