import type { SettledBrief } from '@fiction/contracts';

/** What a plan has spent, against what it may. */
export interface Spending {
  spent_usd: number;
  spent_tokens: string;
  budget: SettledBrief['budget'];
}

export function isOverBudget({ spent_usd, spent_tokens, budget }: Spending): boolean {
  return (
    (budget.usd !== null && spent_usd > budget.usd) || (budget.tokens !== null && Number(spent_tokens) > budget.tokens)
  );
}

/** What is spent, in words. */
export function spentOf({ spent_usd, spent_tokens }: Spending): string {
  return `$${spent_usd.toFixed(2)} and ${spent_tokens} tokens are spent`;
}
