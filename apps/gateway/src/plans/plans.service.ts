import { createPlan, listPlans, readPlan, readPlanReport, type Brief } from '@fiction/contracts';
import { Requester, ServiceUnavailableError } from '@fiction/messaging';
import { Injectable, Logger } from '@nestjs/common';
import type { CallerIdentity } from '../access/caller';
import type { PlanListQueryDto, PlanView } from './plan.dto';
import { planView } from './plan-view';

/** Plans, as the planner keeps them and telemetry counts them. */
@Injectable()
export class PlansService {
  private readonly log = new Logger(PlansService.name);

  constructor(private readonly requester: Requester) {}

  /** An `Idempotency-Key` is its caller's own: another may use the same for another book. */
  async create(brief: Brief, key: string | null, caller: CallerIdentity): Promise<{ id: string; created: boolean }> {
    const { tokenId, name: actor } = caller;
    // Neither has a space in it.
    const idempotencyKey = key === null ? null : `${tokenId} ${key}`;
    const { planId, created } = await this.requester.ask(createPlan, { brief, idempotencyKey, actor });
    return { id: planId, created };
  }

  async list(query: PlanListQueryDto) {
    return this.requester.ask(listPlans, query);
  }

  async read(planId: string): Promise<PlanView> {
    const [plan, report] = await Promise.all([this.requester.ask(readPlan, { planId }), this.report(planId)]);
    return planView(plan, report?.phases);
  }

  /** Telemetry being away is no reason not to answer. */
  private async report(planId: string) {
    try {
      return await this.requester.ask(readPlanReport, { planId });
    } catch (error) {
      if (!(error instanceof ServiceUnavailableError)) throw error;
      this.log.warn(error.message);
      return undefined;
    }
  }
}
