/** The text in rows of at most that many characters, broken between words; a word that is longer is broken itself. */
export function wrap(text: string, columns: number): string[] {
  const rows: string[] = [];
  let row = '';
  for (const word of text.split(' ').flatMap((one) => pieces(one, columns))) {
    const longer = row ? `${row} ${word}` : word;
    if (longer.length <= columns) row = longer;
    else {
      rows.push(row);
      row = word;
    }
  }
  return [...rows, row];
}

function pieces(word: string, columns: number): string[] {
  const count = Math.max(1, Math.ceil(word.length / columns));
  return Array.from({ length: count }, (_, n) => word.slice(n * columns, (n + 1) * columns));
}
