import { formatUsd, roundUsd, type SettledBrief, type SpendLimit } from '@fiction/contracts';

/** What a plan has spent, against what it may. */
export interface Spending {
  spent_usd: number;
  spent_tokens: string;
  budget: SettledBrief['budget'];
}

/** The columns of it, of `plans p`. */
export const SPENDING = `p.spent_usd, p.spent_tokens, p.brief -> 'budget' AS budget`;

export function isOverBudget(spending: Spending): boolean {
  return isOverUsd(spending) || isOverTokens(spending);
}

/** A tenth of a dollar three times is no more than three tenths, though its sum in floating point is. */
function isOverUsd({ spent_usd, budget }: Spending): boolean {
  return budget.usd !== null && roundUsd(spent_usd) > budget.usd;
}

function isOverTokens({ spent_tokens, budget }: Spending): boolean {
  return budget.tokens !== null && Number(spent_tokens) > budget.tokens;
}

/**
 * Up to what an item's run may spend: what is left of the budget, on top of what has been counted of the item already.
 * Nothing when the plan may spend what it needs.
 */
export function limitOf(
  { spent_usd, spent_tokens, budget }: Spending,
  counted: { cost_usd: number; tokens: string },
): SpendLimit | undefined {
  if (budget.usd === null && budget.tokens === null) return undefined;
  return {
    usd: budget.usd === null ? null : budget.usd - spent_usd + counted.cost_usd,
    tokens: budget.tokens === null ? null : budget.tokens - Number(spent_tokens) + Number(counted.tokens),
  };
}

/** Of a plan that is over its budget: of what more is spent than it may, in words. */
export function overspentOf(spending: Spending): string {
  const { spent_usd, spent_tokens, budget } = spending;
  const over: string[] = [];
  if (isOverUsd(spending)) over.push(`${formatUsd(spent_usd)} of ${formatUsd(budget.usd!)}`);
  if (isOverTokens(spending)) over.push(`${spent_tokens} of ${budget.tokens} tokens`);
  return `${over.join(' and ')} spent`;
}
