import { setTimeout as sleep } from 'node:timers/promises';
import type { GatewayClient } from '../gateway-client';
import type { PlanState } from '../plans/plan-state';
import { stoppedItems } from './stopped-items';
import { WaitingRuns } from './waiting-runs';

const LOOK_EVERY_MS = 2_000;

/** Why a plan does not move, or not all of it: found out beside the following of its progress, which it never holds up. */
export class Standstill {
  private found: readonly string[] = [];
  private readonly waits: WaitingRuns;

  constructor(
    private readonly client: GatewayClient,
    private readonly planId: string,
  ) {
    this.waits = new WaitingRuns((afterSeq) => client.events(planId, afterSeq));
  }

  /** A line for each reason, as it was found last. */
  get lines(): readonly string[] {
    return this.found;
  }

  /** Looks until it is told to stop. What cannot be found out now is looked for again. */
  async watch(plan: () => PlanState | undefined, stopped: AbortSignal): Promise<void> {
    while (!stopped.aborted) {
      const seen = plan();
      this.found = seen?.status === 'running' ? await this.look(seen) : [];
      await sleep(LOOK_EVERY_MS, undefined, { signal: stopped }).catch(() => undefined);
    }
  }

  private async look({ brief }: PlanState): Promise<string[]> {
    const { client, planId } = this;
    const source = {
      backlog: (query: Record<string, string>) => client.backlog(planId, query),
      planUrl: client.planUrl(planId),
      lorePolicy: brief.lore.policy,
    };
    const reasons = await Promise.all([this.waits.look(), stoppedItems(source)].map((one) => one.catch(() => [])));
    return reasons.flat();
  }
}
