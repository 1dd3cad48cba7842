/** A set from words written with white space between them. */
export function wordSet(...lists: string[]): ReadonlySet<string> {
  return new Set(lists.join(' ').trim().split(/\s+/));
}
