/** Longest quote of a finding, in UTF-16 units. */
export const MAX_QUOTE_CHARS = 280;

/** A piece of `text` to the letter, trimmed and cut at a word where it is long; null where nothing is left. */
export function quoteOf(text: string, start: number, end: number): string | null {
  const piece = text.slice(start, end).trim();
  if (piece === '') return null;
  if (piece.length <= MAX_QUOTE_CHARS) return piece;
  const space = piece.lastIndexOf(' ', MAX_QUOTE_CHARS);
  let cut = space > MAX_QUOTE_CHARS / 2 ? space : MAX_QUOTE_CHARS;
  const unit = piece.charCodeAt(cut - 1);
  if (unit >= 0xd800 && unit <= 0xdbff) cut -= 1;
  return piece.slice(0, cut).trimEnd();
}
