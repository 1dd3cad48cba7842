import { RATES, type Group } from '../measures/groups';
import type { Scale } from '../reference/reference';

/** Spreads below this share of the group's are taken as that share: what never varies in few texts may yet. */
const LEAST_SPREAD_QUANTILE = 0.1;

/**
 * Means and factors of one group. The spread is that of each author about their own mean; a measure's factor falls with
 * the part of its variance that lies within authors, since that part tells nobody apart.
 * @param texts the group's values of each text
 * @param authors of the same texts
 */
export function scaleOf(group: Group, texts: readonly (readonly number[])[], authors: readonly string[]): Scale {
  const rows = RATES.has(group) ? texts.map((row) => row.map(Math.sqrt)) : texts;
  const byAuthor = [...new Set(authors)].map((author) => rows.filter((_, at) => authors[at] === author));
  const columns = rows[0]!.map((_, column) => column);
  const meansOf = (some: readonly (readonly number[])[]): number[] =>
    columns.map((column) => some.reduce((sum, row) => sum + row[column]!, 0) / some.length);
  const means = meansOf(byAuthor.map(meansOf));
  const overall = meansOf(rows);
  const within = columns.map(() => 0);
  for (const some of byAuthor) {
    const mean = meansOf(some);
    for (const row of some) for (const at of columns) within[at]! += (row[at]! - mean[at]!) ** 2;
  }
  const spreads = within.map((sum) => Math.sqrt(sum / Math.max(1, rows.length - byAuthor.length)));
  const least = quantile(
    spreads.filter((spread) => spread > 0),
    LEAST_SPREAD_QUANTILE,
  );
  const factors = columns.map((at) => {
    const spread = Math.max(spreads[at]!, least);
    const all = rows.reduce((sum, row) => sum + (row[at]! - overall[at]!) ** 2, 0) / rows.length;
    const between = Math.max(all - spread ** 2, 0) / spread ** 2;
    return Math.sqrt(between / (1 + between)) / spread;
  });
  return { means, factors, weight: 1, share: 0 };
}

export function quantile(values: readonly number[], at: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(at * sorted.length))] ?? 1;
}
