import { GROUPS, type Group } from '../measures/groups';
import type { Style } from './style';

/** How somebody writes: the mean of several texts, each counting by its words. */
export interface Profile extends Style {
  /** How many texts it is of. */
  texts: number;
}

/**
 * The profile of texts. One text is its own profile; the order of the texts does not matter.
 * @throws RangeError of no texts, or of texts measured by different references
 */
export function profileOf(styles: readonly Style[]): Profile {
  const [first] = styles;
  if (first === undefined) throw new RangeError('a profile needs a text');
  if (styles.some(({ edition }) => edition !== first.edition)) throw new RangeError('styles of different editions');
  if (styles.length === 1) return { ...first, texts: 1 };
  const words = styles.reduce((sum, style) => sum + style.words, 0);
  // Sums depend on their order in the last digit: so the order is that of the texts' own numbers.
  const sorted = styles.toSorted((a, b) => a.words - b.words || compare(a, b));
  const meansOf = (group: Group): number[] => {
    const sums = first.groups[group].map(() => 0);
    for (const style of sorted) {
      const values = style.groups[group];
      const weight = words === 0 ? 1 : style.words;
      for (let at = 0; at < sums.length; at++) sums[at]! += values[at]! * weight;
    }
    return sums.map((sum) => sum / (words === 0 ? sorted.length : words));
  };
  return {
    edition: first.edition,
    words,
    english: styles.every((style) => style.english),
    texts: styles.length,
    groups: Object.fromEntries(GROUPS.map((group) => [group, meansOf(group)])) as Record<Group, number[]>,
  };
}

function compare(a: Style, b: Style): number {
  for (const group of GROUPS) {
    for (const [index, value] of a.groups[group].entries()) {
      const difference = value - b.groups[group][index]!;
      if (difference !== 0) return difference;
    }
  }
  return 0;
}
