import { setTimeout as sleep } from 'node:timers/promises';
import type { GatewayClient } from '../gateway-client';
import { isUnfinished, type PlanName, type PlanState } from './plan-state';

const LOOK_EVERY_MS = 2_000;

/** The unfinished books of earlier starts: the services carry them on beside the one that this start follows. */
export class OtherPlans {
  private constructor(
    private readonly client: GatewayClient,
    private readonly onEnd: (plan: PlanState) => Promise<void>,
    private left: PlanName[],
  ) {}

  /** @param onEnd is told of each that ends, once */
  static async find(
    client: GatewayClient,
    followedId: string,
    onEnd: (plan: PlanState) => Promise<void>,
  ): Promise<OtherPlans> {
    const left: PlanName[] = [];
    for await (const plan of client.plans()) if (isUnfinished(plan) && plan.id !== followedId) left.push(plan);
    return new OtherPlans(client, onEnd, left);
  }

  get unfinished(): readonly PlanName[] {
    return this.left;
  }

  /** Looks until all have ended or it is told to stop, and then once more. */
  async watch(stopped: AbortSignal): Promise<void> {
    while (this.left.length > 0) {
      await sleep(LOOK_EVERY_MS, undefined, { signal: stopped }).catch(() => undefined);
      await this.look();
      if (stopped.aborted) return;
    }
  }

  /** By the list, whose pages hold many: asking for each plan would spend what the token may ask in a minute. */
  private async look(): Promise<void> {
    const waiting = new Set(this.left.map(({ id }) => id));
    for await (const plan of this.client.plans()) {
      if (!waiting.delete(plan.id)) continue;
      if (!isUnfinished(plan)) await this.end(plan.id);
      if (waiting.size === 0) return;
    }
    this.left = this.left.filter(({ id }) => !waiting.has(id));
  }

  private async end(id: string): Promise<void> {
    this.left = this.left.filter((one) => one.id !== id);
    const plan = await this.client.plan(id);
    if (plan) await this.onEnd(plan);
  }
}
