/** `$1.25`, with four digits when it is less than a dollar and not nothing. */
export function formatUsd(usd: number): string {
  return `$${usd.toFixed(usd > 0 && usd < 0.99995 ? 4 : 2)}`;
}

/** A sum of amounts in US dollars without what adding floating-point numbers leaves behind (8.399999999999999). */
export function roundUsd(amount: number): number {
  return Math.round(amount * 1e9) / 1e9;
}
