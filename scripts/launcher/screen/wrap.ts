const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });
/** What a terminal gives two columns. */
const WIDE =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Emoji_Presentation}\u3000-\u303e\uff01-\uff60\uffe0-\uffe6]/u;

/** The text in rows of at most that many columns, broken between words; a word that is longer is broken itself. */
export function wrap(text: string, columns: number): string[] {
  const rows: string[] = [];
  let row = '';
  for (const word of text.split(' ').flatMap((one) => pieces(one, columns))) {
    const longer = row ? `${row} ${word}` : word;
    if (widthOf(longer) <= columns) row = longer;
    else {
      rows.push(row);
      row = word;
    }
  }
  return [...rows, row];
}

function pieces(word: string, columns: number): string[] {
  const parts = [''];
  for (const { segment } of graphemes.segment(word)) {
    if (widthOf(parts.at(-1)! + segment) > columns) parts.push('');
    parts[parts.length - 1] += segment;
  }
  return parts;
}

function widthOf(text: string): number {
  return [...graphemes.segment(text)].reduce((sum, { segment }) => sum + (WIDE.test(segment) ? 2 : 1), 0);
}
