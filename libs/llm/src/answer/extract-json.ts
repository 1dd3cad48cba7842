import { mendJson } from './mend-json';

/** Every JSON object or array that stands in a model's answer, outermost only, in order. */
export function extractJson(text: string): unknown[] {
  const whole = parse(text.trim());
  if (whole !== undefined) return [whole.value];
  const found: unknown[] = [];
  let start = nextOpening(text, 0);
  while (start >= 0) {
    const end = closingOf(text, start);
    const parsed = end < 0 ? undefined : parse(text.slice(start, end + 1));
    if (parsed !== undefined) found.push(parsed.value);
    // What opened and never closed was cut off: its inner parts are not the answer.
    if (end < 0) break;
    start = nextOpening(text, end + 1);
  }
  return found;
}

/** The JSON value that a text is as a whole; undefined where it is none. */
export function wholeJson(text: string): unknown {
  return parse(text.trim())?.value;
}

function nextOpening(text: string, from: number): number {
  for (let index = from; index < text.length; index++) {
    const char = text[index];
    if (char === '{' || char === '[') return index;
  }
  return -1;
}

/** Index of the bracket that closes the one at `start`, or -1; brackets inside strings do not count. */
function closingOf(text: string, start: number): number {
  let depth = 0;
  let inString = false;
  for (let index = start; index < text.length; index++) {
    const char = text[index];
    if (inString) {
      if (char === '\\') index++;
      else if (char === '"') inString = false;
    } else if (char === '"') inString = true;
    else if (char === '{' || char === '[') depth++;
    else if ((char === '}' || char === ']') && --depth === 0) return index;
  }
  return -1;
}

function parse(json: string): { value: unknown } | undefined {
  return parseStrictly(json) ?? (/^[[{]/.test(json) ? parseStrictly(mendJson(json)) : undefined);
}

function parseStrictly(json: string): { value: unknown } | undefined {
  try {
    const value: unknown = json.includes('\\u') ? JSON.parse(json, storable) : JSON.parse(json);
    return { value };
  } catch {
    return undefined;
  }
}

/** PostgreSQL stores neither NUL nor half a surrogate pair, and a model can write both as an escape. */
function storable(_key: string, value: unknown): unknown {
  return typeof value === 'string' ? toStorable(value) : value;
}

/** The text without what PostgreSQL cannot store: NUL goes, half a surrogate pair becomes U+FFFD. */
export function toStorable(text: string): string {
  const withoutNul = text.includes('\0') ? text.replaceAll('\0', '') : text;
  return /\p{Surrogate}/u.test(withoutNul) ? withoutNul.replaceAll(/\p{Surrogate}/gu, '\uFFFD') : withoutNul;
}
