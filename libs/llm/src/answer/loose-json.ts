import { toStorable } from './extract-json';

/** Marks that strings and names begin with, and those that they end with then. */
const QUOTES: Readonly<Record<string, string>> = { '"': '"', "'": "'", '“': '”' };
const GAP = /(?:\s|\/\/[^\n]*|\/\*[\s\S]*?\*\/)*/y;
const NAME = /(?:"([^"\n]*)"|'([^'\n]*)'|“([^”\n]*)”|([A-Za-z_]\w*))\s*:/y;
const NUMBER = /-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w.])/y;
const WORD = /(?:true|false|null|True|False|None)\b/y;
const VALUE = /["'“{[\d-]|(?:true|false|null|True|False|None)\b/y;
const LITERALS: Readonly<Record<string, unknown>> = { true: true, false: false, True: true, False: false };
const ESCAPED: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };
const ESCAPE = /\\(?:u([0-9a-fA-F]{4})|([\s\S]))/g;
/** Deeper than any shape of ours. */
const DEEPEST = 32;

/** A number as it stands in the text, since 2.10 may be meant as a text. */
export class WrittenNumber {
  constructor(readonly written: string) {}
}

/** The text is none of what is read here, or might be read in two ways. */
class UnclearError extends Error {}

/**
 * The one object or list in a text that is almost JSON: with quotation marks inside strings, marks of other kinds, names without
 * any, comments, a comma too many, the words of Python. A quotation mark ends a string only where what follows can follow a
 * string; and those inside must come in pairs, since an odd one might be the end after all. Numbers are
 * `WrittenNumber`s. Undefined where anything is unclear; what is cut off is.
 */
export function readLooseJson(text: string): unknown {
  const start = text.search(/[{[]/);
  if (start < 0) return undefined;
  try {
    const reader = new LooseReader(text, start);
    const value = reader.value(0);
    return /[{[]/.test(text.slice(reader.at)) ? undefined : value;
  } catch (error) {
    if (error instanceof UnclearError) return undefined;
    throw error;
  }
}

class LooseReader {
  constructor(
    private readonly text: string,
    public at: number,
  ) {}

  value(depth: number, closing?: '}' | ']'): unknown {
    if (depth > DEEPEST) throw new UnclearError();
    const char = this.text[this.at] ?? '';
    if (char === '{') return this.object(depth);
    if (char === '[') return this.list(depth);
    if (char in QUOTES && closing !== undefined) return this.string(closing);
    const number = this.take(NUMBER);
    if (number !== undefined) return new WrittenNumber(number[0]);
    const word = this.take(WORD);
    if (word === undefined) throw new UnclearError();
    return LITERALS[word[0]] ?? null;
  }

  private object(depth: number): Record<string, unknown> {
    const entries: [string, unknown][] = [];
    this.members('}', () => {
      const name = this.take(NAME)
        ?.slice(1)
        .find((each) => each !== undefined);
      if (name === undefined || entries.some(([known]) => known === name)) throw new UnclearError();
      this.take(GAP);
      entries.push([name, this.value(depth + 1, '}')]);
    });
    return Object.fromEntries(entries);
  }

  private list(depth: number): unknown[] {
    const values: unknown[] = [];
    this.members(']', () => values.push(this.value(depth + 1, ']')));
    return values;
  }

  private members(closing: '}' | ']', member: () => void): void {
    this.at++;
    this.take(GAP);
    while (this.text[this.at] !== closing) {
      member();
      this.take(GAP);
      if (this.text[this.at] === ',') this.at++;
      else if (this.text[this.at] !== closing) throw new UnclearError();
      this.take(GAP);
    }
    this.at++;
  }

  private string(closing: '}' | ']'): string {
    const begin = this.text[this.at]!;
    const end = QUOTES[begin]!;
    const from = this.at + 1;
    let inside = 0;
    for (let index = from; index < this.text.length; index++) {
      const char = this.text[index];
      if (char === '\\') index++;
      else if (char === end && this.mayFollow(index + 1, closing)) {
        if (inside % 2 !== 0) throw new UnclearError();
        this.at = index + 1;
        return toStorable(unescaped(this.text.slice(from, index)));
      } else if ((char === end || char === begin) && !this.isApostrophe(index)) inside++;
    }
    throw new UnclearError();
  }

  /** Whether what stands here can come after a string: the end of what holds it, or another member. */
  private mayFollow(index: number, closing: '}' | ']'): boolean {
    const before = this.at;
    this.at = index;
    this.take(GAP);
    let follows = this.text[this.at] === closing;
    if (this.text[this.at] === ',') {
      this.at++;
      this.take(GAP);
      follows = this.text[this.at] === closing || this.take(closing === '}' ? NAME : VALUE) !== undefined;
    }
    this.at = before;
    return follows;
  }

  private isApostrophe(index: number): boolean {
    return this.text[index] === "'" && /^\p{L}'\p{L}$/u.test(this.text.slice(index - 1, index + 2));
  }

  private take(pattern: RegExp): RegExpExecArray | undefined {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text) ?? undefined;
    if (found !== undefined) this.at = pattern.lastIndex;
    return found;
  }
}

/** A mark that is escaped although it need not be is itself; a letter that is none of JSON's is something unknown. */
function unescaped(raw: string): string {
  return raw.replaceAll(ESCAPE, (_all, code: string | undefined, char: string | undefined) => {
    if (code !== undefined) return String.fromCharCode(Number.parseInt(code, 16));
    const known = ESCAPED[char!] ?? char!;
    if (known === char && /[\p{L}\d]/u.test(char)) throw new UnclearError();
    return known;
  });
}
