import { costOf } from './cost-of';

const prices = { small: { inputPerMillion: 1.25, outputPerMillion: 10 } };
const usage = { inputTokens: 200_000, outputTokens: 1_000 };

describe('costOf', () => {
  it('prices tokens read and tokens written', () => {
    expect(costOf({ lane: 'cloud', prices }, 'small', usage)).toEqual({ costUsd: 0.26 });
  });

  it('prices what the server had read before and what it keeps, where that has a price of its own', () => {
    const cached = { inputTokens: 200_000, cacheReadTokens: 150_000, cacheWriteTokens: 10_000, outputTokens: 0 };
    const { small } = prices;
    expect(costOf({ lane: 'cloud', prices }, 'small', cached).costUsd).toBeCloseTo(0.25, 12);
    const own = { ...small, cacheReadPerMillion: 0.125, cacheWritePerMillion: 2.5 };
    const expected = (40_000 * 1.25 + 150_000 * 0.125 + 10_000 * 2.5) / 1_000_000;
    expect(costOf({ lane: 'cloud', prices: { small: own } }, 'small', cached).costUsd).toBeCloseTo(expected, 12);
  });

  it('flags a hosted model without a price, and takes own hardware for free', () => {
    expect(costOf({ lane: 'cloud', prices }, 'large', usage)).toEqual({ costUsd: 0, priceUnknown: true });
    expect(costOf({ lane: 'cloud', prices }, 'constructor', usage)).toEqual({ costUsd: 0, priceUnknown: true });
    expect(costOf({ lane: 'metal', prices: {} }, 'large', usage)).toEqual({ costUsd: 0 });
  });
});
