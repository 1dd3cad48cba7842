import type { Group } from '../measures/groups';

/** Where a group's measures usually lie, and how much a difference in each counts. */
export interface Scale {
  /** Of `RATES`, means of the roots. */
  means: readonly number[];
  /** A difference times its factor is a difference in spreads of one author, weighted by how well it tells authors apart. */
  factors: readonly number[];
  /** What a unit of distance in this group counts towards the whole. */
  weight: number;
  /** What this group makes up of the boundary, 0–1; for comparing by some groups only. */
  share: number;
}

/** What calibration has learned from texts of known authors. Texts are compared by one reference only. */
export interface Reference {
  /** Of which this is; styles of another edition are not comparable. */
  edition: string;
  /** The letter triples that count. */
  triples: readonly string[];
  scales: Readonly<Record<Group, Scale>>;
  /** The distance at which same and other authors part, of texts of unbounded length. */
  boundary: number;
  /** How much of the square of that distance is chance: per word of either text, against the rest. */
  chance: number;
}
