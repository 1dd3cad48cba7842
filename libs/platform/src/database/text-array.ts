const TEXT_OID = 25;
const HEADER_BYTES = 20;
const EMPTY_HEADER_BYTES = 12;

/**
 * Texts as a parameter for `$n::text[]`, in PostgreSQL's binary form: as an array of strings they would be quoted here and
 * read character by character there, which is dear for prose and prompts. A text must not hold NUL.
 */
export function textArray(texts: readonly (string | null)[]): Buffer {
  const bytes = texts.map((text) => (text === null ? 0 : Buffer.byteLength(text)));
  const empty = texts.length === 0;
  const size = empty ? EMPTY_HEADER_BYTES : HEADER_BYTES + bytes.reduce((sum, length) => sum + 4 + length, 0);
  const array = Buffer.allocUnsafe(size);
  array.writeInt32BE(empty ? 0 : 1, 0);
  array.writeInt32BE(texts.includes(null) ? 1 : 0, 4);
  array.writeInt32BE(TEXT_OID, 8);
  if (empty) return array;
  array.writeInt32BE(texts.length, 12);
  // Counted from 1, as arrays in SQL are.
  array.writeInt32BE(1, 16);
  let at = HEADER_BYTES;
  for (const [index, text] of texts.entries()) {
    array.writeInt32BE(text === null ? -1 : bytes[index]!, at);
    at += 4;
    if (text !== null) at += array.write(text, at);
  }
  return array;
}
