/** The words of a text as written; apostrophes within a word belong to it. */
export function wordsOf(text: string): string[] {
  return text.match(/[\p{L}\p{M}]+(?:'[\p{L}\p{M}]+)*/gu) ?? [];
}

/**
 * One spelling for what printers spell in many ways, so that a book's typesetting is not taken for its author's style:
 * straight quotes, one kind of dash, no emphasis marks, paragraphs apart by one empty line.
 */
export function plainText(text: string): string {
  return text
    .normalize('NFC')
    .replaceAll('\r', '')
    .replace(/[“”„«»]/g, '"')
    .replace(/[‘’‚]/g, "'")
    .replace(/\s*(?:--+|[–—])\s*/g, '—')
    .replace(/[_*#]/g, '')
    .replaceAll('…', '...')
    .replace(/[^\S\n]+/g, ' ')
    .replace(/ ?\n(?: ?\n)+ ?/g, '\n\n')
    .trim();
}
