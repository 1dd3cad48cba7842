/** A `Content-Disposition` that saves a book under its title: plain letters for old readers, all of them for the rest. */
export function attachment(title: string, extension: string): string {
  const name = title
    .normalize('NFC')
    .replaceAll(/[\p{C}\p{Z}"*/:<>?\\|]+/gu, ' ')
    .trim()
    .slice(0, 100);
  const plain = title
    .normalize('NFKD')
    // An ö is an o with a mark on it here, and the mark is no end of a word.
    .replaceAll(/\p{M}+/gu, '')
    .replaceAll(/[^A-Za-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .toLowerCase()
    .slice(0, 100);
  const encoded = encodeURIComponent((name || 'book').toWellFormed()).replaceAll(
    /['()*]/g,
    (c) => `%${c.charCodeAt(0).toString(16)}`,
  );
  return `attachment; filename="${plain || 'book'}.${extension}"; filename*=UTF-8''${encoded}.${extension}`;
}
