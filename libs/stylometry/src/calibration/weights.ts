/** Rounds of descent, its stride, and how strongly weights are held small. */
const ROUNDS = 600;
const STRIDE = 0.05;
const HOLD = 0.002;

/**
 * Weights, none below 0, by which weighted sums of `rows` tell the `different` ones from the others best: a logistic
 * regression in which both kinds count alike, however many there are.
 */
export function fitWeights(rows: readonly (readonly number[])[], different: readonly boolean[]): number[] {
  const columns = rows[0]!.map((_, column) => column);
  const usual = columns.map((at) => rows.reduce((sum, row) => sum + row[at]!, 0) / rows.length || 1);
  // Flat and counted by hand: this is where calibration spends its time.
  const width = columns.length;
  const flat = Float64Array.from(rows.flatMap((row) => row.map((value, at) => value / usual[at]!)));
  const share = different.filter(Boolean).length / different.length;
  const goals = Float64Array.from(different, (is) => (is ? 1 : 0));
  const counts = Float64Array.from(different, (is) => 0.5 / (is ? share : 1 - share));
  const weights = new Float64Array(width).fill(0.1);
  const slopes = new Float64Array(width);
  let bias = 0;
  for (let round = 0; round < ROUNDS; round++) {
    slopes.fill(0);
    let biasSlope = 0;
    for (let row = 0, from = 0; row < rows.length; row++, from += width) {
      let sum = bias;
      for (let at = 0; at < width; at++) sum += flat[from + at]! * weights[at]!;
      const slope = (1 / (1 + Math.exp(-sum)) - goals[row]!) * counts[row]!;
      for (let at = 0; at < width; at++) slopes[at]! += flat[from + at]! * slope;
      biasSlope += slope;
    }
    for (let at = 0; at < width; at++) {
      weights[at] = Math.max(0, weights[at]! - STRIDE * (slopes[at]! / rows.length + HOLD * weights[at]!));
    }
    bias -= (STRIDE * biasSlope) / rows.length;
  }
  return Array.from(weights, (weight, at) => weight / usual[at]!);
}

/** The value at which as large a share of the `different` lies above as of the others below. */
export function partingValue(values: readonly number[], different: readonly boolean[]): number {
  const ordered = values
    .map((value, at) => ({ value, different: different[at]! }))
    .toSorted((a, b) => a.value - b.value);
  const all = { different: different.filter(Boolean).length, same: different.filter((is) => !is).length };
  let [same, missed, best, parting] = [0, 0, -1, 0];
  for (const [at, one] of ordered.entries()) {
    if (one.different) missed += 1;
    else same += 1;
    const worse = Math.min(same / all.same, 1 - missed / all.different);
    if (worse > best) [best, parting] = [worse, (one.value + (ordered[at + 1]?.value ?? one.value)) / 2];
  }
  return parting;
}
