/** 0 of nothing. */
export function meanAndSpread(values: ArrayLike<number>): [mean: number, spread: number] {
  if (values.length === 0) return [0, 0];
  let sum = 0;
  for (let at = 0; at < values.length; at++) sum += values[at]!;
  const mean = sum / values.length;
  let squares = 0;
  for (let at = 0; at < values.length; at++) {
    const apart = values[at]! - mean;
    squares += apart * apart;
  }
  return [mean, Math.sqrt(squares / values.length)];
}

/** What share of the values lies from `least` to `most`; 0 of nothing. */
export function shareWithin(values: ArrayLike<number>, least: number, most: number): number {
  let count = 0;
  for (let at = 0; at < values.length; at++) if (values[at]! >= least && values[at]! <= most) count += 1;
  return values.length === 0 ? 0 : count / values.length;
}
