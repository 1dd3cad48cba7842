import { listProgress, type ReplyOf, type RequestOf } from '@fiction/contracts';
import { AnswersRequest } from '@fiction/messaging';
import { Controller } from '@nestjs/common';
import { PlanStore } from '../plans/plan.store';
import { EventStore } from './event.store';

@Controller()
export class HistoryController {
  constructor(
    private readonly events: EventStore,
    private readonly plans: PlanStore,
  ) {}

  @AnswersRequest(listProgress)
  async list(question: RequestOf<typeof listProgress>): Promise<ReplyOf<typeof listProgress>> {
    const { planId, afterSeq, limit } = question;
    const [page, changes] = await Promise.all([
      this.events.page(planId, afterSeq, limit),
      question.changes ? this.plans.statuses(planId) : undefined,
    ]);
    return { ...page, changes };
  }
}
