import { beginning } from '@fiction/contracts';

/** `The Lamplighter's Ledger` becomes `the-lamplighters-ledger`; letters of any script stay. */
export function slug(title: string): string {
  const words =
    title
      .normalize('NFKC')
      .toLowerCase()
      // What says how the character before it is drawn would pass for the mark of a letter, and is seen by nobody.
      .replaceAll(/['’\p{Variation_Selector}]/gu, '')
      .match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
  // A file's name may be 255 bytes long; a letter takes up to four.
  return Array.from(words.join('-')).slice(0, 55).join('').replace(/-$/, '');
}

/** A `Content-Disposition` that saves a book under its title: plain letters for old readers, all of them for the rest. */
export function attachment(title: string, extension: string): string {
  const shown = title
    .normalize('NFC')
    .replaceAll(/[\p{C}\p{Z}"*/:<>?\\|]+/gu, ' ')
    .trim();
  const name = beginning(shown, 100);
  const plain = slug(title)
    .normalize('NFKD')
    // An ö is an o with a mark on it here, and the mark is no end of a word.
    .replaceAll(/\p{M}+/gu, '')
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '');
  const encoded = encodeURIComponent(name || 'book').replaceAll(/['()*]/g, (c) => `%${c.charCodeAt(0).toString(16)}`);
  return `attachment; filename="${plain || 'book'}.${extension}"; filename*=UTF-8''${encoded}.${extension}`;
}
