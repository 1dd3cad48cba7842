import { GROUPS, type Group } from '../measures/groups';
import type { Style } from './style';

/** A style as it travels and is kept: the numbers of each group as 32-bit floats, little-endian, in base64. */
export interface PackedStyle extends Omit<Style, 'groups'> {
  groups: Record<Group, string>;
}

/** Six hundred numbers as JSON are dear to write, check and read; a text cannot tell more digits than these hold. */
export function packStyle({ groups, ...style }: Style): PackedStyle {
  return {
    ...style,
    groups: inGroups((group) => Buffer.from(Float32Array.from(groups[group]).buffer).toString('base64')),
  };
}

/** @throws RangeError when a group does not hold whole numbers of 32 bits */
export function unpackStyle({ groups, ...style }: PackedStyle | Style): Style {
  return { ...style, groups: inGroups((group) => numbersOf(groups[group])) };
}

function numbersOf(packed: string | number[]): number[] {
  // Styles that were kept before they were packed hold their numbers as they are.
  if (typeof packed !== 'string') return packed;
  // A copy, since a Buffer may lie anywhere, and floats only at every fourth byte.
  const floats = new Float32Array(new Uint8Array(Buffer.from(packed, 'base64')).buffer);
  const numbers: number[] = [];
  // (`Array.from` steps through an iterator, which takes ten times as long.)
  for (let at = 0; at < floats.length; at++) numbers.push(floats[at]!);
  return numbers;
}

function inGroups<T>(of: (group: Group) => T): Record<Group, T> {
  const groups: Partial<Record<Group, T>> = {};
  for (const group of GROUPS) groups[group] = of(group);
  return groups as Record<Group, T>;
}
