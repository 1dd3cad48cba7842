import type { GatewayClient } from '../gateway-client';
import { GatewayProblemError } from '../gateway-problem.error';
import { LaunchError } from '../launch.error';
import type { PlanLedger } from './plan-ledger';
import { isUnfinished } from './plan-state';
import type { StartOptions } from '../start-options';

/** The plan a start works on, and where it comes from: `made` is complete since an earlier start. */
export interface ChosenPlan {
  planId: string;
  origin: 'new' | 'carried on' | 'made';
}

/**
 * Carries on an unfinished plan: one made from the brief that was asked for or, if none was, the last one or any. A
 * brief whose book is complete is not paid for twice: that plan is the one. Otherwise, and with `again` in any case,
 * makes a new plan from the brief.
 * @throws {LaunchError} `BRIEF_REFUSED`, naming what is wrong by field
 */
export async function choosePlan(
  client: GatewayClient,
  ledger: PlanLedger,
  options: Pick<StartOptions, 'brief' | 'briefGiven' | 'again'>,
): Promise<ChosenPlan> {
  const known = options.again ? undefined : await knownPlan(client, ledger, options);
  if (known) {
    await ledger.planFollowed(known.planId);
    return known;
  }
  const { path, content } = options.brief;
  try {
    const planId = await client.createPlan(content, await ledger.keyFor(content));
    await ledger.planCreated(content, planId);
    return { planId, origin: 'new' };
  } catch (error) {
    if (!(error instanceof GatewayProblemError)) throw error;
    await ledger.planRefused(content);
    throw new LaunchError('BRIEF_REFUSED', `The brief ${path} was refused. ${error.message}`);
  }
}

async function knownPlan(
  client: GatewayClient,
  ledger: PlanLedger,
  { brief, briefGiven }: Pick<StartOptions, 'brief' | 'briefGiven'>,
): Promise<ChosenPlan | undefined> {
  const own = ledger.planOf(brief.content);
  const unfinished =
    (await firstUnfinished(client, briefGiven ? [own] : [ledger.lastPlanId, own])) ??
    (briefGiven ? undefined : await anyUnfinished(client));
  if (unfinished) return { planId: unfinished, origin: 'carried on' };
  const made = own && (await client.plan(own));
  return made && made.status === 'complete' ? { planId: made.id, origin: 'made' } : undefined;
}

async function firstUnfinished(client: GatewayClient, ids: (string | undefined)[]): Promise<string | undefined> {
  for (const id of new Set(ids)) {
    const plan = id && (await client.plan(id));
    if (plan && isUnfinished(plan)) return id;
  }
  return undefined;
}

async function anyUnfinished(client: GatewayClient): Promise<string | undefined> {
  for await (const plan of client.plans()) if (isUnfinished(plan)) return plan.id;
  return undefined;
}
