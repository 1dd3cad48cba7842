import { STANDS_STILL } from '@fiction/contracts';
import { setTimeout as sleep } from 'node:timers/promises';
import type { GatewayClient } from '../gateway/gateway-client';
import type { PlanState } from '../plans/plan-state';
import { Silence } from './silence';
import { stoppedItems } from './stopped-items';
import { WaitingRuns } from './waiting-runs';

const LOOK_EVERY_MS = 2_000;

interface Look {
  waits: string[];
  stopped: string[];
  forGood: boolean;
}

const NOTHING: Look = { waits: [], stopped: [], forGood: false };

/** Why a plan does not move, or not all of it: found out beside the following of its progress, which it never holds up. */
export class Standstill {
  private found: readonly string[] = [];
  private stopped: string | undefined;
  private readonly waits: WaitingRuns;
  private readonly silence = new Silence();

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

  /** Why nothing of the plan will go on by itself, where that is so. */
  get forGood(): string | undefined {
    return this.stopped;
  }

  /**
   * Looks until it is told to stop. What cannot be found out now is looked for again. That items are stopped counts when
   * it is seen twice: while a plan is paused or resumed, they look so for a moment.
   */
  async watch(plan: () => PlanState | undefined, stopped: AbortSignal): Promise<void> {
    let before = NOTHING;
    while (!stopped.aborted) {
      const seen = plan();
      const now = seen?.status === 'running' ? await this.look(seen) : NOTHING;
      const stay = now.stopped.filter((line) => before.stopped.includes(line));
      const silent = seen && this.silence.look(seen);
      this.found = [...now.waits, ...stay];
      // Whoever waits for a reason that is known is silent for it.
      if (this.found.length === 0 && silent !== undefined) this.found = [silent];
      this.stopped = now.forGood && before.forGood ? (stay[0] ?? seen?.statusReason ?? undefined) : undefined;
      before = now;
      await sleep(LOOK_EVERY_MS, undefined, { signal: stopped }).catch(() => undefined);
    }
  }

  private async look({ brief, statusReason }: PlanState): Promise<Look> {
    const { client, planId } = this;
    const source = {
      backlog: (query: Record<string, string>) => client.backlog(planId, query),
      planUrl: client.planUrl(planId),
      lorePolicy: brief.lore.policy,
    };
    const [waits, stopped] = await Promise.all([
      this.waits.look().catch(() => NOTHING.waits),
      stoppedItems(source).catch(() => NOTHING.stopped),
    ]);
    return { waits, stopped, forGood: statusReason?.startsWith(STANDS_STILL) === true };
  }
}
