import { setTimeout as sleep } from 'node:timers/promises';
import type { GatewayClient } from '../gateway/gateway-client';
import type { PlanState } from './plan-state';

/** What a run has used is counted within this time of its end, on a machine that is not too busy, in milliseconds. */
const COUNTED_WITHIN_MS = 300;
const MOST_LOOKS = 10;

/**
 * A plan that has ended, with all that it has used. That it has ended the planner says; what it has used telemetry counts,
 * which hears of the last run a moment later. So it is asked for until two answers agree, a bounded number of times.
 */
export async function withWholeFigures(
  client: GatewayClient,
  plan: PlanState,
  stopped: AbortSignal,
): Promise<PlanState> {
  let seen = plan;
  for (let look = 0; look < MOST_LOOKS; look += 1) {
    await sleep(COUNTED_WITHIN_MS, undefined, { signal: stopped });
    const next = await client.plan(plan.id);
    if (next === undefined || figures(next) === figures(seen)) return next ?? seen;
    seen = next;
  }
  return seen;
}

function figures({ words, calls, tokens, costUsd, progress }: PlanState): string {
  const finished = progress.map(({ phase, finishedAt }) => [phase, finishedAt]);
  return JSON.stringify([words, calls, tokens, costUsd, finished]);
}
