const number = new Intl.NumberFormat('en-US');

/** `12,345` */
export function formatCount(value: number): string {
  return number.format(value);
}

/** `1:05` or `1:02:03`, from milliseconds. */
export function formatDuration(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1_000));
  const [hours, minutes] = [Math.floor(seconds / 3_600), Math.floor(seconds / 60) % 60];
  const tail = String(seconds % 60).padStart(2, '0');
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, '0')}:${tail}` : `${minutes}:${tail}`;
}

const MOST_NAMED = 3;

/** `One, Two, Three and 4 more`; `total` where only the first of them are named. */
export function someOf(names: readonly string[], total = names.length): string {
  const named = names.slice(0, MOST_NAMED);
  const rest = total - named.length;
  return named.join(', ') + (rest > 0 ? ` and ${rest} more` : '');
}

/** `1 call`, `2 calls` */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}

/** `950`, `12.3k`, `4.5M` */
export function formatTokens(tokens: number): string {
  if (tokens < 1_000) return String(tokens);
  // From here on a thousandth of it would be rounded to 1000.0.
  return tokens < 999_950 ? `${(tokens / 1_000).toFixed(1)}k` : `${(tokens / 1_000_000).toFixed(1)}M`;
}
