import { isOverBudget, overspentOf } from './budget';

const spending = (spent_usd: number, usd: number, spent_tokens = '0', tokens: number | null = null) => ({
  spent_usd,
  spent_tokens,
  budget: { usd, tokens },
});

it('is over only with more than the budget, whatever adding in floating point leaves behind', () => {
  expect(isOverBudget(spending(0.1 + 0.1 + 0.1, 0.3))).toBe(false);
  expect(isOverBudget(spending(0.300001, 0.3))).toBe(true);
  expect(isOverBudget(spending(0, 0))).toBe(false);
});

it('names what there is too much of, and nothing else', () => {
  expect(overspentOf(spending(0.1 + 0.2, 0.3, '11', 10))).toBe('11 of 10 tokens spent');
  expect(overspentOf(spending(1.5, 1, '10', 10))).toBe('$1.50 of $1.00 spent');
});
