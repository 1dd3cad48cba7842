/** A part of a scene, as far as things are found in it. */
export interface FindingPart {
  /** What is found in it. */
  finds?: string;
  /** Whether that is left where it was. */
  isLeft?: boolean;
}

/**
 * Whether nobody can have a thing in hand in a part of a scene, or after the last: it has yet to be found, or was left.
 * What the scene does not find at all has been found before.
 */
export function isOutOfReach(thing: string, parts: readonly FindingPart[], index: number): boolean {
  const found = parts.findIndex(({ finds }) => finds === thing);
  return found >= 0 && (index < found || parts[found]!.isLeft === true);
}
