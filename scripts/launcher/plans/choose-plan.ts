import type { GatewayClient } from '../gateway/gateway-client';
import { GatewayProblemError } from '../gateway/gateway-problem.error';
import { LaunchError } from '../launch.error';
import type { PlanLedger } from './plan-ledger';
import { isUnfinished, type PlanName } from './plan-state';
import type { StartOptions } from '../start-options';

/** The brief of a start, and what tells whether another says the same. */
export type ChosenBrief = StartOptions['brief'] & { digest: string };

/** The plan a start works on, and where it comes from: `made` is complete since an earlier start. */
export interface ChosenPlan {
  planId: string;
  origin: 'new' | 'carried on' | 'made' | 'failed';
}

/**
 * Carries on a plan of the same brief that is unfinished or has failed, whoever made it and however. A brief whose book
 * is complete is not paid for twice: that plan is the one. Otherwise, and with `again` in any case, makes a new plan.
 * @throws {LaunchError} `BRIEF_REFUSED`, naming what is wrong by field
 */
export async function choosePlan(
  client: GatewayClient,
  ledger: PlanLedger,
  { brief, again }: { brief: ChosenBrief; again: boolean },
): Promise<ChosenPlan> {
  const known = again ? undefined : await knownPlan(client, ledger, brief);
  if (known) {
    await ledger.planKnown(brief.content, known.planId);
    return known;
  }
  try {
    const planId = await client.createPlan(brief.content, await ledger.keyFor(brief.content));
    await ledger.planKnown(brief.content, planId);
    return { planId, origin: 'new' };
  } catch (error) {
    if (!(error instanceof GatewayProblemError) || error.status === 401) throw error;
    await ledger.planRefused(brief.content);
    throw new LaunchError('BRIEF_REFUSED', `The brief ${brief.path} was refused. ${error.message}`);
  }
}

/** The plan of the last start comes first, then the newest; but whatever is unfinished before what has ended. */
async function knownPlan(
  client: GatewayClient,
  ledger: PlanLedger,
  { content, digest }: ChosenBrief,
): Promise<ChosenPlan | undefined> {
  const own = ledger.planOf(content);
  const last = own && (await client.plan(own));
  const plans: PlanName[] = last ? [last] : [];
  for await (const plan of client.plans({ briefDigest: digest })) plans.push(plan);
  const unfinished = plans.find(isUnfinished);
  if (unfinished) return { planId: unfinished.id, origin: 'carried on' };
  const ended = plans.find(({ status }) => status === 'complete' || status === 'failed');
  return ended && { planId: ended.id, origin: ended.status === 'failed' ? 'failed' : 'made' };
}
