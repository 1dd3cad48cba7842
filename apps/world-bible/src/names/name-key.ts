const BREAKS = /[^\p{L}\p{M}\p{N}]+/gu;
const ARTICLE = /^(?:the|an?) (?=.)/u;
/** Scripts that put no space between words. */
export const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}]/u;

/** A text as names are looked for in it: lower case, words parted by single spaces, a space at each end. */
export function searchableText(text: string): string {
  return ` ${foldName(text)} `;
}

/**
 * What a name is known by: forms that differ in case, punctuation or a leading article have the same key. A name of
 * nothing but punctuation is its own key.
 */
export function nameKey(name: string): string {
  return foldName(name).replace(ARTICLE, '') || name.trim().toLowerCase();
}

/** The keys of a name and its aliases, the name's first, none twice. */
export function nameKeys(name: string, aliases: readonly string[]): string[] {
  return [...new Set([name, ...aliases].map(nameKey))];
}

/** Where `key` stands in a searchable text as whole words; -1 when it does not. */
export function placeOfKey(key: string, searchable: string): number {
  if (UNSPACED.test(key)) return searchable.indexOf(key);
  // A single letter would be found everywhere.
  return key.length < 2 ? -1 : searchable.indexOf(` ${key} `);
}

/** Order by key that is the same on every machine and in every locale. */
export function byCodeUnits(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** A text as names are compared: lower case, words parted by single spaces. */
export function foldName(text: string): string {
  return text.normalize('NFKC').toLowerCase().replace(BREAKS, ' ').trim();
}
