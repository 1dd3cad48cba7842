/**
 * How often each three letters in a row stand in a text, names left out as far as capitals tell: a book's people and places
 * say what it is about, not who wrote it. Of 'the sea': 'the', 'he ', 'e s', …
 */
export function letterTriples(text: string): { counts: ReadonlyMap<string, number>; total: number } {
  const letters = text
    .replace(/(?<=[a-z,;] )\p{Lu}[\p{L}\p{M}\p{N}]*/gu, '#')
    .replaceAll('"', '')
    .replace(/\s+/g, ' ')
    .toLowerCase()
    .replace(/\d/g, '0');
  const counts = new Map<string, number>();
  const total = Math.max(0, letters.length - 2);
  for (let at = 0; at < total; at++) {
    const triple = letters.slice(at, at + 3);
    counts.set(triple, (counts.get(triple) ?? 0) + 1);
  }
  return { counts, total };
}
