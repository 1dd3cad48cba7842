import { readPlan } from '@fiction/contracts';
import { Requester } from '@fiction/messaging';
import { Injectable } from '@nestjs/common';

/** Which branch a request is about. */
@Injectable()
export class ChosenBranch {
  constructor(private readonly requester: Requester) {}

  /**
   * The branch that was named, or else the primary one of the plan.
   * @throws PLAN_NOT_FOUND when none was named and there is no such plan
   */
  async of(planId: string, named: string | undefined): Promise<string> {
    return named ?? (await this.requester.ask(readPlan, { planId })).primaryBranch;
  }
}
