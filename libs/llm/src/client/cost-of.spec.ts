import { costOf } from './cost-of';

const prices = { small: { inputPerMillion: 1.25, outputPerMillion: 10 } };
const usage = { inputTokens: 200_000, outputTokens: 1_000 };

describe('costOf', () => {
  it('prices tokens read and tokens written', () => {
    expect(costOf({ lane: 'cloud', prices }, 'small', usage)).toEqual({ costUsd: 0.26 });
  });

  it('flags a hosted model without a price, and takes own hardware for free', () => {
    expect(costOf({ lane: 'cloud', prices }, 'large', usage)).toEqual({ costUsd: 0, priceUnknown: true });
    expect(costOf({ lane: 'cloud', prices }, 'constructor', usage)).toEqual({ costUsd: 0, priceUnknown: true });
    expect(costOf({ lane: 'metal', prices: {} }, 'large', usage)).toEqual({ costUsd: 0 });
  });
});
