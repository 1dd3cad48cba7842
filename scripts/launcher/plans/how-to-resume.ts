import { formatUsd } from '@fiction/contracts';
import { counted } from '../screen/format';
import type { PlanState } from './plan-state';

/** What a budget that is spent says of itself. */
const SPENT = /^BUDGET_EXCEEDED\b/;

/** Why a plan stands as it does, to be read after "is paused" and the like. */
export function reasonOf(statusReason: string | null | undefined): string {
  return statusReason?.replace(/^PAUSED: /, '') ?? 'no reason is given';
}

/**
 * How a paused plan goes on, as one sentence. A spent budget must be raised above what has been spent by now, which is more
 * than when it was found to be spent: calls that were open are answered and counted.
 * @param address of the plan
 */
export function howToResume(plan: PlanState, address: string): string {
  const resume = `To resume it, POST ${address}/resume`;
  if (!SPENT.test(plan.statusReason ?? '')) return `${resume}.`;
  const { usd, tokens } = plan.brief.budget;
  const spentTokens = plan.tokens.input + plan.tokens.output;
  const spent: string[] = [];
  const budget: Partial<Record<'usd' | 'tokens', number>> = {};
  if (usd !== null && (plan.costUsd > usd || tokens === null)) {
    spent.push(formatUsd(plan.costUsd));
    budget.usd = generous(plan.costUsd);
  }
  if (tokens !== null && (spentTokens > tokens || usd === null)) {
    spent.push(counted(spentTokens, 'token'));
    budget.tokens = Math.ceil(generous(spentTokens));
  }
  const above = spent.length === 0 ? '' : ` above the ${spent.join(' and ')} spent by now`;
  return `${resume} with a budget${above}, such as {"budget": ${JSON.stringify(budget)}}.`;
}

/** Some twice as much, as a person would say it: two digits and the rest noughts. */
function generous(spent: number): number {
  const twice = Math.max(2 * spent, 0.01);
  const unit = 10 ** (Math.floor(Math.log10(twice)) - 1);
  return Number((Math.ceil(twice / unit) * unit).toPrecision(2));
}
