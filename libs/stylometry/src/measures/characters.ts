/** What a character is, as bits of `classAt`. */
export const LETTER = 1;
export const UPPER = 2;
export const MARK = 4;
export const NUMBER = 8;
export const SPACE = 16;
/** What words are made of. */
export const WORD = LETTER | MARK;

const PATTERNS: readonly [number, RegExp][] = [
  [LETTER, /\p{L}/u],
  [UPPER, /\p{Lu}/u],
  [MARK, /\p{M}/u],
  [NUMBER, /\p{N}/u],
  [SPACE, /\s/u],
];
const SEEN = 128;
/** By UTF-16 unit, filled as units are met: a pattern for each character of a book would be most of the work. */
const classes = new Uint8Array(0x10000);
const lower = new Uint16Array(0x10000);

/** The class of the character that begins at `at`. */
export function classAt(text: string, at: number): number {
  const unit = text.charCodeAt(at);
  return widthAt(text, at, unit) === 2 ? classify(String.fromCodePoint(text.codePointAt(at)!)) : classOf(unit);
}

/** How many units the character that begins with `unit` at `at` has: 1, or 2 for a pair of surrogates. */
export function widthAt(text: string, at: number, unit: number): 1 | 2 {
  return (unit & 0xfc00) === 0xd800 && (text.charCodeAt(at + 1) & 0xfc00) === 0xdc00 ? 2 : 1;
}

/** The class of a unit that is a character by itself. */
export function classOf(unit: number): number {
  return classes[unit]! || (classes[unit] = classify(String.fromCharCode(unit)));
}

/** The first unit of a unit's lower case. */
export function lowerOf(unit: number): number {
  return lower[unit]! || (lower[unit] = String.fromCharCode(unit).toLowerCase().charCodeAt(0));
}

function classify(character: string): number {
  return PATTERNS.reduce((bits, [bit, pattern]) => (pattern.test(character) ? bits | bit : bits), SEEN);
}
