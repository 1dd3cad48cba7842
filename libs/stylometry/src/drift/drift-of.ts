import { GROUPS, LENGTHS, RATES, type Group } from '../measures/groups';
import { ENGLISH } from '../reference/english.reference';
import type { Reference } from '../reference/reference';
import { scaled, scaledDistance } from './distance';
import type { Profile } from './profile';
import { groupsOf, measureName, type Style } from './style';

/** A measure that differs, as a person may check it: rates are per 1,000 words (or letters). */
export interface Telling {
  measure: string;
  here: number;
  usual: number;
}

export interface DriftPart {
  group: Group;
  /** How far apart the two are in this group (`distanceIn`). */
  distance: number;
  /** What the group adds to the score; those of all parts are the score. */
  share: number;
  /** What differs most, first. */
  telling: Telling[];
}

export interface Drift {
  /** 0 (the same) to 1; 0.5 where texts of one author and of different authors part. */
  score: number;
  /** 0 to 1: how much text it rests on, and whether all groups could be used. */
  confidence: number;
  parts: DriftPart[];
}

/** How steeply the score rises about the boundary; it orders nothing. */
const STEEPNESS = 4;
const MOST_TELLING = 3;
/** With this many words on either side the confidence is a half. */
const HALF_SURE_WORDS = 300;
const SURE_OF_OTHER_LANGUAGES = 0.5;

/**
 * How far a text has drifted from a profile. Deterministic. The shorter either is, the further apart they have to be for
 * the same score, since short texts differ by chance.
 * @param only the groups to compare by, such as those that one sentence has
 * @throws RangeError when they were measured by another reference
 */
export function driftOf(
  style: Style,
  profile: Profile,
  { only = GROUPS, reference = ENGLISH }: { only?: readonly Group[]; reference?: Reference } = {},
): Drift {
  if (style.edition !== reference.edition || profile.edition !== reference.edition) {
    throw new RangeError(`a style that was not measured by ${reference.edition}`);
  }
  const english = style.english && profile.english;
  const groups = groupsOf({ english }).filter((group) => only.includes(group));
  const here = groups.map((group) => scaled(group, style.groups[group], reference.scales[group]));
  const usual = groups.map((group) => scaledProfile(profile, group, reference));
  const distances = groups.map((group, at) => scaledDistance(group, here[at]!, usual[at]!));
  const weighed = distances.map((distance, at) => distance * reference.scales[groups[at]!].weight);
  const total = weighed.reduce((sum, part) => sum + part, 0);
  const relative = total / (boundaryOf(style.words, profile.words, reference) * shareOf(groups, reference));
  const score = Number.isFinite(relative) ? relative ** STEEPNESS / (relative ** STEEPNESS + 1) : 0;
  return {
    score: rounded(score),
    confidence: confidenceOf(style.words, profile.words) * (english ? 1 : SURE_OF_OTHER_LANGUAGES),
    parts: groups.map((group, at) => ({
      group,
      distance: rounded(distances[at]!),
      share: total === 0 ? 0 : rounded((score * weighed[at]!) / total),
      telling: mostTelling(here[at]!, usual[at]!).map((index) => tellingOf(group, index, style, profile, reference)),
    })),
  };
}

/** The distance that scores 0.5, for texts of so many words: what an author differs from themself grows as they get short. */
export function boundaryOf(words: number, others: number, { boundary, chance }: Reference): number {
  return boundary * Math.sqrt(1 + chance * (1 / Math.max(words, 1) + 1 / Math.max(others, 1)));
}

/** With fewer groups the distance is smaller, and so is the boundary: by what these groups contribute to it usually. */
function shareOf(groups: readonly Group[], { scales }: Reference): number {
  if (groups.length === GROUPS.length) return 1;
  return groups.reduce((sum, group) => sum + scales[group].share, 0);
}

function confidenceOf(words: number, others: number): number {
  const sure = (amount: number): number => amount / (amount + HALF_SURE_WORDS);
  return rounded(Math.min(sure(words), sure(others)));
}

/** A profile is compared with many texts. */
const scaledProfiles = new WeakMap<Profile, { reference: Reference; groups: Map<Group, Float64Array> }>();

function scaledProfile(profile: Profile, group: Group, reference: Reference): Float64Array {
  let known = scaledProfiles.get(profile);
  if (known?.reference !== reference) {
    known = { reference, groups: new Map() };
    scaledProfiles.set(profile, known);
  }
  let values = known.groups.get(group);
  if (values === undefined) {
    values = scaled(group, profile.groups[group], reference.scales[group]);
    known.groups.set(group, values);
  }
  return values;
}

/** Where two differ most, the most first; of the same difference the first. */
function mostTelling(here: Float64Array, usual: Float64Array): number[] {
  const most: number[] = [];
  const differences: number[] = [];
  for (let index = 0; index < here.length; index++) {
    const difference = Math.abs(here[index]! - usual[index]!);
    // What is not a number is told of no more than what is the same.
    if (!(difference > (most.length < MOST_TELLING ? 0 : differences.at(-1)!))) continue;
    const behind = differences.findIndex((other) => other < difference);
    const place = behind === -1 ? differences.length : behind;
    most.splice(place, 0, index);
    differences.splice(place, 0, difference);
    if (most.length > MOST_TELLING) [most, differences].forEach((list) => list.pop());
  }
  return most;
}

function tellingOf(group: Group, index: number, style: Style, profile: Profile, reference: Reference): Telling {
  return {
    measure: measureName(group, index, reference),
    here: shown(group, index, style.groups[group][index]!),
    usual: shown(group, index, profile.groups[group][index]!),
  };
}

/** As a person counts: in a thousand words (or letters), and lengths in words. */
function shown(group: Group, index: number, value: number): number {
  if (RATES.has(group)) return rounded(1000 * value);
  if (group === 'punctuation') return rounded(Math.expm1(value));
  return rounded(group === 'shape' && LENGTHS.has(index) ? Math.exp(value) : value);
}

function rounded(value: number): number {
  return Math.round(value * 1e6) / 1e6;
}
