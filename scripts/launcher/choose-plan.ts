import type { GatewayClient } from './gateway-client';
import { GatewayProblemError } from './gateway-problem.error';
import { LaunchError } from './launch.error';
import type { PlanLedger } from './plan-ledger';
import { isUnfinished } from './plan-state';
import type { StartOptions } from './start-options';

/** The plan a start works on, and whether an earlier start began it. */
export interface ChosenPlan {
  planId: string;
  carriedOn: boolean;
}

/**
 * Carries on an unfinished plan: one made from the brief that was asked for or, if none was, the last one or any.
 * Otherwise makes a new plan from the brief.
 * @throws {LaunchError} `BRIEF_REFUSED`, naming what is wrong by field
 */
export async function choosePlan(
  client: GatewayClient,
  ledger: PlanLedger,
  { brief, briefGiven }: Pick<StartOptions, 'brief' | 'briefGiven'>,
): Promise<ChosenPlan> {
  const known = briefGiven ? [ledger.planOf(brief.content)] : [ledger.lastPlanId, ledger.planOf(brief.content)];
  const unfinished =
    (await firstUnfinished(client, known)) ?? (briefGiven ? undefined : await client.findPlan(isUnfinished));
  if (unfinished) {
    await ledger.planFollowed(unfinished);
    return { planId: unfinished, carriedOn: true };
  }
  try {
    const planId = await client.createPlan(brief.content, await ledger.keyFor(brief.content));
    await ledger.planCreated(brief.content, planId);
    return { planId, carriedOn: false };
  } catch (error) {
    if (!(error instanceof GatewayProblemError)) throw error;
    await ledger.planRefused(brief.content);
    throw new LaunchError('BRIEF_REFUSED', `The brief ${brief.path} was refused. ${error.message}`);
  }
}

async function firstUnfinished(client: GatewayClient, ids: (string | undefined)[]): Promise<string | undefined> {
  for (const id of new Set(ids)) {
    const plan = id && (await client.plan(id));
    if (plan && isUnfinished(plan)) return id;
  }
  return undefined;
}
