const CAPITALISED =
  /\p{Lu}[\p{L}\p{M}\p{N}]*(?:['’-][\p{L}\p{M}]+)*(?: \p{Lu}[\p{L}\p{M}\p{N}]*(?:['’-][\p{L}\p{M}]+)*)*/gu;
const WORDS = /\p{L}[\p{L}\p{M}]*/gu;

/** Names taken from one text at most: a premise may be as long as a book. */
const MAX_NAMES = 600;

/**
 * What may be a name in a text: its capitalised words and runs of them, in the order in which they first appear. A
 * single word that the text also writes in lower case only began a sentence.
 */
export function mentionedNames(text: string): string[] {
  const lowerCase = new Set((text.match(WORDS) ?? []).filter((word) => word === word.toLowerCase()));
  const names = new Set<string>();
  for (const [name] of text.matchAll(CAPITALISED)) {
    if (!name.includes(' ') && lowerCase.has(name.toLowerCase())) continue;
    names.add(name);
    if (names.size === MAX_NAMES) break;
  }
  return [...names];
}
