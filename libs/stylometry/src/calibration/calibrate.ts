import { distanceIn } from '../drift/distance';
import { boundaryOf } from '../drift/drift-of';
import { asStyle, type Style } from '../drift/style';
import { GROUPS, type Group } from '../measures/groups';
import { everyTriple } from '../measures/letter-triples';
import type { Measured } from '../measures/measure';
import type { Reference } from '../reference/reference';
import type { KnownText } from './known-text';
import { scaleOf } from './reference-scales';
import { trialsOf, type Trial } from './trials';
import { fitWeights, partingValue } from './weights';

/** The most frequent letter triples of all texts together that count. */
const TRIPLES = 400;
/** Texts of a baseline that weights and boundary are learned with. */
export const BASELINE_TEXTS = 5;

/** Learns a reference from texts of known authors, at least two of each. The same texts give the same reference. */
export function calibrate(texts: readonly KnownText[], edition: string): Reference {
  const authors = texts.map(({ author }) => author);
  const bare = { edition, triples: frequentTriples(texts), boundary: 1, chance: 0 };
  const styles = texts.map(({ measured }) => asStyle(measured, true, { ...bare, scales: {} as Reference['scales'] }));
  const scales = byGroup((group) =>
    scaleOf(
      group,
      styles.map((style) => style.groups[group]),
      authors,
    ),
  );
  const unweighted: Reference = { ...bare, scales };

  const trials = trialsOf(withAuthors(styles, authors), BASELINE_TEXTS);
  const rows = trials.map((trial) => distancesOf(trial, unweighted));
  const different = trials.map(({ author, baselineOf }) => author !== baselineOf);
  const weights = fitWeights(rows, different);
  const sums = rows.map((row) => row.reduce((sum, distance, at) => sum + distance * weights[at]!, 0));
  const chance = chanceOf(texts, unweighted, weights);
  // The boundary is of endless texts, so each trial is first brought to that length.
  const endless = sums.map(
    (sum, at) => sum / boundaryOf(trials[at]!.text.words, trials[at]!.baseline.words, { ...unweighted, chance }),
  );
  const total = sums.reduce((sum, one) => sum + one, 0);
  return rounded({
    ...unweighted,
    chance,
    boundary: partingValue(endless, different),
    scales: byGroup((group, at) => {
      const share = rows.reduce((sum, row) => sum + row[at]! * weights[at]!, 0) / total;
      return { ...scales[group], weight: weights[at]!, share };
    }),
  });
}

/** To five digits, as it is stored: what is learned and what is shipped compare alike. */
function rounded(reference: Reference): Reference {
  const short = (value: number): number => Number(value.toPrecision(5));
  return {
    ...reference,
    chance: short(reference.chance),
    boundary: short(reference.boundary),
    scales: byGroup((group) => {
      const { means, factors, weight, share } = reference.scales[group];
      return { means: means.map(short), factors: factors.map(short), weight: short(weight), share: short(share) };
    }),
  };
}

function byGroup<T>(of: (group: Group, at: number) => T): Record<Group, T> {
  return Object.fromEntries(GROUPS.map((group, at) => [group, of(group, at)])) as Record<Group, T>;
}

const withAuthors = (styles: readonly Style[], authors: readonly string[]) =>
  styles.map((style, at) => ({ style, author: authors[at]! }));

function distancesOf({ text, baseline }: Trial, reference: Reference): number[] {
  return GROUPS.map((group) => distanceIn(group, text.groups[group], baseline.groups[group], reference));
}

function frequentTriples(texts: readonly KnownText[]): string[] {
  const counts = new Map<string, number>();
  for (const { measured } of texts) {
    for (const [triple, count] of everyTriple(measured.letters)) counts.set(triple, (counts.get(triple) ?? 0) + count);
  }
  return [...counts]
    .toSorted(([a, ofA], [b, ofB]) => ofB - ofA || (a < b ? -1 : 1))
    .slice(0, TRIPLES)
    .map(([triple]) => triple);
}

/**
 * Within an author the square of a distance is `always + chance * (1/words + 1/words of the baseline)`: a line laid by
 * least squares through the mean squares of long and short texts against small and large baselines.
 */
function chanceOf(texts: readonly KnownText[], reference: Reference, weights: readonly number[]): number {
  const points = [
    { of: (text: KnownText): Measured => text.measured, size: 1 },
    { of: (text: KnownText): Measured => text.measured, size: BASELINE_TEXTS },
    { of: (text: KnownText): Measured => text.short, size: 1 },
    { of: (text: KnownText): Measured => text.short, size: BASELINE_TEXTS },
  ].map(({ of, size }) => {
    const styles = texts.map((text) => ({ author: text.author, style: asStyle(of(text), true, reference) }));
    const own = trialsOf(styles, size, { own: true });
    const mean = (value: (trial: Trial) => number): number =>
      own.reduce((sum, one) => sum + value(one), 0) / own.length;
    return {
      x: mean(({ text, baseline }) => 1 / text.words + 1 / baseline.words),
      y: mean((trial) => distancesOf(trial, reference).reduce((sum, d, at) => sum + d * weights[at]!, 0) ** 2),
    };
  });
  const [x, y] = [
    points.reduce((sum, point) => sum + point.x, 0) / 4,
    points.reduce((sum, point) => sum + point.y, 0) / 4,
  ];
  const slope =
    points.reduce((sum, point) => sum + (point.x - x) * (point.y - y), 0) /
    points.reduce((sum, point) => sum + (point.x - x) ** 2, 0);
  return slope / (y - slope * x);
}
