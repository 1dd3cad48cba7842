const TYPOGRAPHIC_SINGLE_QUOTES = /[\u2018\u2019\u201a\u201b\u2032\u02bc\uff07]/g;
const INVISIBLE = /[\u00ad\u200b-\u200d\u2060\ufeff]/g;
const BEYOND_ASCII = /[^ -~\s]/;
const COMMON_PUNCTUATION = /[\u2010-\u2015\u201c-\u201f\u2026\u00ab\u00bb]/g;

/**
 * One spelling for texts that read the same: compatibility-normalised, lower case, any quote, hyphen,
 * dash or run of white space as one space, possessives dropped. What is left are words and single spaces,
 * so a phrase can be looked for with `indexOf`.
 */
export function foldText(text: string): string {
  const plain = text.replace(INVISIBLE, '').replace(TYPOGRAPHIC_SINGLE_QUOTES, "'").replace(COMMON_PUNCTUATION, ' ');
  // Nearly all English prose is plain ASCII by now, where the cheap classes do.
  if (!BEYOND_ASCII.test(plain)) {
    return plain
      .toLowerCase()
      .replace(/'(?:s(?![a-z0-9])|(?<=[a-z]')(?=[a-z]))/g, '')
      .replace(/[^a-z0-9]+/g, ' ')
      .trim();
  }
  return plain
    .normalize('NFKC')
    .toLowerCase()
    .replace(/'(?:s(?![\p{L}\p{N}])|(?<=\p{L}')(?=\p{L}))/gu, '')
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, ' ')
    .trim();
}

/** The key under which a name is looked up: folded, and without accents, which models drop at will. */
export function foldName(name: string): string {
  return withoutAccents(foldText(name));
}

/** A folded text without its accents. */
export function withoutAccents(folded: string): string {
  return BEYOND_ASCII.test(folded) ? folded.normalize('NFD').replace(/\p{M}/gu, '').normalize('NFC') : folded;
}
