import type { ProviderSettings } from '../providers/providers-file.schema';

/** Tokens of one call. `usageEstimated` when the server did not count and we did, at four characters a token. */
export interface TokenUsage {
  inputTokens: number;
  outputTokens: number;
}

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
  const micros = usage.inputTokens * price.inputPerMillion + usage.outputTokens * price.outputPerMillion;
  return { costUsd: micros / 1_000_000 };
}

/** Good enough for a budget and a rate limit when nobody counted. */
export function estimateTokens(characters: number): number {
  return Math.ceil(characters / 4);
}
