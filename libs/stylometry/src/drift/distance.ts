import { RATES, type Group } from '../measures/groups';
import type { Reference, Scale } from '../reference/reference';

/** A difference of more than this many spreads counts as this many: one odd measure is not a style. */
const MOST_SPREADS = 4;
/** Groups with many measures are compared by direction: which are high and which low, however pronounced. */
const BY_DIRECTION: ReadonlySet<Group> = new Set<Group>(['letters', 'words']);

/** What is compared: the measures of a group, in spreads of one author. */
export function scaled(group: Group, values: readonly number[], { means, factors }: Scale): Float64Array {
  const of = new Float64Array(values.length);
  const rate = RATES.has(group);
  for (let at = 0; at < of.length; at++) {
    const value = rate ? Math.sqrt(values[at]!) : values[at]!;
    of[at] = (value - means[at]!) * factors[at]!;
  }
  return of;
}

/**
 * How far apart two texts are in one group; 0 for the same text. By direction it is the cosine form of Burrows's Delta
 * (J. Burrows, "Delta", Literary and Linguistic Computing 17, 2002; P. Smith and W. Aldridge, "Improving Authorship
 * Attribution", Journal of Quantitative Linguistics 18, 2011), 0 to 2; otherwise its quadratic form (S. Argamon,
 * "Interpreting Burrows's Delta", Literary and Linguistic Computing 23, 2008), 0 to `MOST_SPREADS`.
 */
export function distanceIn(group: Group, a: readonly number[], b: readonly number[], { scales }: Reference): number {
  return scaledDistance(group, scaled(group, a, scales[group]), scaled(group, b, scales[group]));
}

/** The same, of what was scaled before. */
export function scaledDistance(group: Group, a: Float64Array, b: Float64Array): number {
  return BY_DIRECTION.has(group) ? cosineDistance(a, b) : quadraticDistance(a, b);
}

function cosineDistance(a: Float64Array, b: Float64Array): number {
  let dot = 0;
  let ofA = 0;
  let ofB = 0;
  for (let at = 0; at < a.length; at++) {
    dot += a[at]! * b[at]!;
    ofA += a[at]! * a[at]!;
    ofB += b[at]! * b[at]!;
  }
  if (ofA === 0 || ofB === 0) return ofA === ofB ? 0 : 1;
  // Rounding may end on either side of 0.
  const distance = 1 - dot / Math.sqrt(ofA * ofB);
  return distance < 1e-12 ? 0 : distance;
}

function quadraticDistance(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let at = 0; at < a.length; at++) {
    const spreads = Math.min(Math.abs(a[at]! - b[at]!), MOST_SPREADS);
    sum += spreads * spreads;
  }
  return a.length === 0 ? 0 : Math.sqrt(sum / a.length);
}
