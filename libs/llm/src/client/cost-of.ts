import type { ProviderSettings } from '../providers/providers-file.schema';
import type { TokenUsage } from './count-tokens';

/** US dollars. Own hardware without a price is free; a hosted model without one is flagged, never guessed. */
export interface CallCost {
  costUsd: number;
  priceUnknown?: true;
}

/** What a call costs at the prices of the providers file. */
export function costOf(
  provider: Pick<ProviderSettings, 'lane' | 'prices'>,
  model: string,
  usage: TokenUsage,
): CallCost {
  const price = Object.hasOwn(provider.prices, model) ? provider.prices[model] : undefined;
  if (price === undefined) return provider.lane === 'cloud' ? { costUsd: 0, priceUnknown: true } : { costUsd: 0 };
  const { inputTokens, outputTokens, cacheReadTokens = 0, cacheWriteTokens = 0 } = usage;
  const { inputPerMillion, cacheReadPerMillion = inputPerMillion, cacheWritePerMillion = inputPerMillion } = price;
  const micros =
    (inputTokens - cacheReadTokens - cacheWriteTokens) * inputPerMillion +
    cacheReadTokens * cacheReadPerMillion +
    cacheWriteTokens * cacheWritePerMillion +
    outputTokens * price.outputPerMillion;
  return { costUsd: micros / 1_000_000 };
}
