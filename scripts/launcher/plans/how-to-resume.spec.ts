import { howToResume } from './how-to-resume';
import { planStateSchema, type PlanState } from './plan-state';

interface Money {
  usd: number | null;
  tokens: number | null;
}

const paused = (statusReason: string, budget: Money, spent: { usd: number; tokens: number }): PlanState =>
  planStateSchema.parse({
    id: 'p',
    title: 'Poor',
    status: 'paused',
    statusReason,
    brief: { budget },
    tokens: { input: spent.tokens - 1, output: 1 },
    costUsd: spent.usd,
  });
const OVER = 'BUDGET_EXCEEDED: 61129 of 60000 tokens spent';

it('a plan that somebody has paused just goes on', () => {
  const plan = paused('a break', { usd: 1, tokens: null }, { usd: 0.2, tokens: 10 });
  expect(howToResume(plan, '/plans/p')).toBe('To resume it, POST /plans/p/resume.');
});

it.each([
  ['tokens', { usd: null, tokens: 60_000 }, '102,641 tokens', '{"tokens":210000}'],
  ['tokens, with dollars left', { usd: 5, tokens: 60_000 }, '102,641 tokens', '{"tokens":210000}'],
  ['dollars', { usd: 1, tokens: null }, '$1.37', '{"usd":2.8}'],
  ['dollars, with tokens left', { usd: 1, tokens: 900_000 }, '$1.37', '{"usd":2.8}'],
  ['both', { usd: 1, tokens: 60_000 }, '$1.37 and 102,641 tokens', '{"usd":2.8,"tokens":210000}'],
])('names the budget that is spent, and one that is enough: %s', (_, budget, spent, enough) => {
  const usd = budget.usd === 5 ? 0.4 : 1.37;
  expect(howToResume(paused(OVER, budget, { usd, tokens: 102_641 }), '/plans/p')).toBe(
    `To resume it, POST /plans/p/resume with a budget above the ${spent} spent by now, such as {"budget": ${enough}}.`,
  );
});
