/** Escapes PostgreSQL cannot store, where the backslash is itself no escaped one: NUL, and halves of surrogate pairs. */
const UNSTORABLE = /(?<!\\)((?:\\\\)*)\\u(?:0000|d[89a-f][0-9a-f]{2})/gi;

/**
 * A value as JSON that PostgreSQL takes: what it cannot store becomes U+FFFD. (`JSON.stringify` writes a surrogate as an
 * escape only when its other half is missing.)
 */
export function storableJson(value: unknown): string {
  const text = JSON.stringify(value);
  return text.includes('\\u') ? text.replace(UNSTORABLE, '$1\\ufffd') : text;
}
