/** The name of a step that a run may come to more than once, counted from 1: a run that meets no trouble has no numbers. */
export function numberedStep(name: string, n: number): string {
  return n === 1 ? name : `${name}.${n}`;
}
