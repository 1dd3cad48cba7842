/** `$1.25`, with four digits when it is less than a dollar and not nothing. */
export function formatUsd(usd: number): string {
  return `$${usd.toFixed(usd > 0 && usd < 1 ? 4 : 2)}`;
}
