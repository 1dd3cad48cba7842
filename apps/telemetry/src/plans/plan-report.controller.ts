import { readPlanReport, type ReplyOf, type RequestOf } from '@fiction/contracts';
import { AnswersRequest } from '@fiction/messaging';
import { Controller } from '@nestjs/common';
import { EventStore } from '../history/event.store';
import { RunStateStore } from '../runs/run-state.store';

@Controller()
export class PlanReportController {
  constructor(
    private readonly states: RunStateStore,
    private readonly events: EventStore,
  ) {}

  @AnswersRequest(readPlanReport)
  async read({ planId }: RequestOf<typeof readPlanReport>): Promise<ReplyOf<typeof readPlanReport>> {
    const [phases, lastSeq] = await Promise.all([this.states.phases(planId), this.events.lastSeq(planId)]);
    return { phases, lastSeq };
  }
}
