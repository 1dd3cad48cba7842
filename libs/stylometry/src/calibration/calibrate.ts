import { distanceIn } from '../drift/distance';
import { asStyle } from '../drift/style';
import { GROUPS, type Group } from '../measures/groups';
import { everyTriple } from '../measures/letter-triples';
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

  const known = styles.map((style, at) => ({ style, author: authors[at]! }));
  const trials = trialsOf(known, BASELINE_TEXTS);
  const rows = trials.map((trial) => distancesOf(trial, unweighted));
  const weights = fitWeights(rows, trials.map(isOfOther));
  const sums = weighed(rows, weights);
  const total = sums.reduce((sum, one) => sum + one, 0);
  const alone = trialsOf(known, 1);
  const sumsAlone = weighed(
    alone.map((trial) => distancesOf(trial, unweighted)),
    weights,
  );
  return rounded({
    ...unweighted,
    ...partingLine(partingOf(alone, sumsAlone), partingOf(trials, sums)),
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

const isOfOther = ({ author, baselineOf }: Trial): boolean => author !== baselineOf;
const weighed = (rows: readonly (readonly number[])[], weights: readonly number[]): number[] =>
  rows.map((row) => row.reduce((sum, distance, at) => sum + distance * weights[at]!, 0));

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

/** Where same and different authors part, for texts of about one length against baselines of about one length. */
interface Parting {
  /** 1/words + 1/words of the baseline, on the average. */
  shortness: number;
  distance: number;
}

function partingOf(trials: readonly Trial[], sums: readonly number[]): Parting {
  const shortness = trials.reduce((sum, { text, baseline }) => sum + 1 / text.words + 1 / baseline.words, 0);
  return { shortness: shortness / trials.length, distance: partingValue(sums, trials.map(isOfOther)) };
}

/**
 * The square of the distance at which authors part is taken as `always + chance * (1/words + 1/words of the baseline)`: the
 * line through where they part against one text and against `BASELINE_TEXTS`.
 */
function partingLine(one: Parting, many: Parting): Pick<Reference, 'boundary' | 'chance'> {
  const slope = Math.max(0, (one.distance ** 2 - many.distance ** 2) / (one.shortness - many.shortness));
  const always = many.distance ** 2 - slope * many.shortness;
  return { boundary: Math.sqrt(always), chance: slope / always };
}
