import { wakeLore, type WakeLore } from '@fiction/contracts';
import { outgoing, Outbox } from '@fiction/messaging';
import type { UnitOfWork } from '@fiction/platform';
import { Injectable } from '@nestjs/common';
import type { Mover, RequirementRow } from '../requirement.types';

/** The runs that ask for it; people have none. */
const DECLARERS = `
  SELECT source FROM requirement_sources WHERE requirement_id = $1 AND branch = $2 AND source LIKE 'fiction:%'
  ORDER BY at, source`;

/**
 * Asks the planner to let a requirement's run go on. It is asked once: the command is not lost, and the planner remembers
 * it if it has not heard yet that the run has stopped.
 */
@Injectable()
export class Wakes {
  constructor(private readonly outbox: Outbox) {}

  async wake(
    uow: UnitOfWork,
    requirement: RequirementRow,
    because: WakeLore['because'],
    by: Mover,
    underWay = false,
  ): Promise<void> {
    const { id, branch, kind, source } = requirement;
    // A contradiction has no run of its own: every scene that has run into it goes on.
    const declarers = kind === 'entry' ? [{ source }] : await uow.query<{ source: string }>(DECLARERS, [id, branch]);
    for (const { source: run } of declarers) await this.wakeDeclarer(uow, requirement, because, by, run, underWay);
  }

  /** Asks it of one run that has declared the requirement. */
  async wakeDeclarer(
    uow: UnitOfWork,
    { id, plan_id, branch, kind }: RequirementRow,
    because: WakeLore['because'],
    by: Mover,
    declaredBy: string,
    underWay = false,
  ): Promise<void> {
    const also = underWay ? { underWay } : {};
    const wake = { planId: plan_id, branch, requirementId: id, kind, because, declaredBy, ...by, ...also };
    await this.outbox.add(uow, [outgoing(wakeLore, wake)]);
  }
}
