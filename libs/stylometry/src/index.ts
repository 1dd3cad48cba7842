export { calibrate, BASELINE_TEXTS } from './calibration/calibrate';
export { knownText, type KnownText } from './calibration/known-text';
export { trialsOf, type Trial } from './calibration/trials';
export { driftOf, type Drift, type DriftPart, type Telling } from './drift/drift-of';
export { profileOf, type Profile } from './drift/profile';
export { asStyle, styleOf, type Style } from './drift/style';
export { GROUPS, NEUTRAL_GROUPS, type Group } from './measures/groups';
export { ENGLISH } from './reference/english.reference';
export type { Reference } from './reference/reference';
