import { listProgress } from '@fiction/contracts';
import { Requester } from '@fiction/messaging';
import { Injectable } from '@nestjs/common';
import type { History, PlanState } from './pump';

/** The history of plans as telemetry keeps it. */
@Injectable()
export class TelemetryHistory implements History {
  constructor(private readonly requester: Requester) {}

  async read(planId: string, afterSeq: number, limit: number) {
    return this.requester.ask(listProgress, { planId, afterSeq, limit });
  }

  async state(planId: string, afterSeq: number): Promise<PlanState> {
    const { lastSeq, changes = [] } = await this.requester.ask(listProgress, {
      planId,
      afterSeq,
      limit: 1,
      changes: true,
    });
    return { lastSeq, changes };
  }
}
