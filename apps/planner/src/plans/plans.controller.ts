import { createPlan, listPlans, readPlan, readPlanMaterial, type ReplyOf, type RequestOf } from '@fiction/contracts';
import { AnswersRequest } from '@fiction/messaging';
import { Controller } from '@nestjs/common';
import { PlansService } from './plans.service';

/** Answers what others ask about plans. */
@Controller()
export class PlansController {
  constructor(private readonly plans: PlansService) {}

  @AnswersRequest(createPlan)
  async create(query: RequestOf<typeof createPlan>): Promise<ReplyOf<typeof createPlan>> {
    return this.plans.create(query.brief, query.idempotencyKey, query.actor);
  }

  @AnswersRequest(listPlans)
  async list(query: RequestOf<typeof listPlans>): Promise<ReplyOf<typeof listPlans>> {
    return this.plans.list(query);
  }

  @AnswersRequest(readPlan)
  async read(query: RequestOf<typeof readPlan>): Promise<ReplyOf<typeof readPlan>> {
    return this.plans.read(query.planId);
  }

  @AnswersRequest(readPlanMaterial)
  async material(query: RequestOf<typeof readPlanMaterial>): Promise<ReplyOf<typeof readPlanMaterial>> {
    const { brief, vision } = await this.plans.material(query.planId, query.branch);
    return { brief, vision };
  }
}
