import { setTimeout as sleep } from 'node:timers/promises';
import type { GatewayClient } from '../gateway/gateway-client';
import { LaunchError } from '../launch.error';
import { howToResume, reasonOf } from './how-to-resume';
import { isUnfinished, type PlanState } from './plan-state';
import type { ProgressView } from '../screen/progress-view';
import type { Screen } from '../screen/screen';
import { Standstill } from '../standstill/standstill';
import { withWholeFigures } from './whole-figures';

const ASK_EVERY_MS = 300;

/** How to follow a plan. */
export interface FollowOptions {
  client: GatewayClient;
  planId: string;
  screen: Screen;
  view: ProgressView;
  /** Whether it ends when the plan is paused or stands still for good, because nobody will be there to resume. */
  endAtStandstill: boolean;
  stopped: AbortSignal;
}

/** Shows a plan's progress, and why it stands still, until it is finished (or see the options); its last state. */
export async function followPlan(options: FollowOptions): Promise<PlanState> {
  const { client, planId, screen, view, endAtStandstill, stopped } = options;
  const standstill = new Standstill(client, planId);
  const following = new AbortController();
  let plan: PlanState | undefined;
  void standstill.watch(() => plan, AbortSignal.any([following.signal, stopped]));
  let pausedFor: string | undefined;
  try {
    for (;;) {
      const now = await client.plan(planId).catch((error: unknown) => {
        // Somebody is there to mend what is away. To end would stop services that hold answers which are not recorded yet.
        const isAway = error instanceof LaunchError && error.code === 'GATEWAY_UNREACHABLE';
        if (endAtStandstill || !isAway || stopped.aborted) throw error;
        screen.line(`  ${error.message}; the book goes on when that is over`);
        return null;
      });
      if (now === null) {
        await sleep(ASK_EVERY_MS, undefined, { signal: stopped });
        continue;
      }
      plan = now;
      if (!plan) throw new LaunchError('PLAN_GONE', `the plan ${planId} is gone`);
      const isPaused = plan.status === 'paused';
      const { forGood } = standstill;
      if (!isUnfinished(plan) || (endAtStandstill && (isPaused || forGood !== undefined))) {
        const ended = await withWholeFigures(client, plan, stopped);
        // Meanwhile it may have been resumed.
        if (!isUnfinished(ended) || ended.status === plan.status) {
          view.finish(ended);
          return ended.status === 'running' ? { ...ended, statusReason: forGood ?? null } : ended;
        }
        plan = ended;
      }
      view.show(plan, standstill.lines);
      const reason = reasonOf(plan.statusReason);
      if (isPaused && pausedFor !== reason) {
        screen.line(`  The plan is paused: ${reason}. ${howToResume(plan, client.planUrl(planId))}`);
      }
      pausedFor = isPaused ? reason : undefined;
      await sleep(ASK_EVERY_MS, undefined, { signal: stopped });
    }
  } finally {
    following.abort();
  }
}
