import { classAt, classOf, LETTER, lowerOf, MARK, NUMBER, UPPER, widthAt } from './characters';

const [LINE_FEED, BLANK, QUOTE, HASH, COMMA, SEMICOLON, ZERO, NINE] = [10, 32, 0x22, 0x23, 0x2c, 0x3b, 0x30, 0x39];
/** The only character whose lower case is longer than itself. */
const [DOTTED_I, DOT_ABOVE] = [0x130, 0x307];
const NAME = LETTER | MARK | NUMBER;

/**
 * The letters of a text in `plainText` as triples are counted in them: in lower case, without quotes, with names left out
 * as far as capitals tell: a book's people and places say what it is about, not who wrote it.
 */
export function lettersOf(text: string): Uint16Array {
  const letters = new Uint16Array(text.length * 2);
  let length = 0;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit === QUOTE) continue;
    if (unit === BLANK || unit === LINE_FEED) {
      if (length === 0 || letters[length - 1] !== BLANK) letters[length++] = BLANK;
    } else if (unit >= ZERO && unit <= NINE) letters[length++] = ZERO;
    else if (isName(text, at, unit)) {
      letters[length++] = HASH;
      at = nameEnd(text, at) - 1;
    } else {
      letters[length++] = lowerOf(unit);
      if (unit === DOTTED_I) letters[length++] = DOT_ABOVE;
    }
  }
  return letters.subarray(0, length);
}

/** A capital within a sentence. */
function isName(text: string, at: number, unit: number): boolean {
  if (at < 2 || text.charCodeAt(at - 1) !== BLANK) return false;
  const before = text.charCodeAt(at - 2);
  if (!((before >= 0x61 && before <= 0x7a) || before === COMMA || before === SEMICOLON)) return false;
  return ((unit < 0xd800 ? classOf(unit) : classAt(text, at)) & UPPER) !== 0;
}

function nameEnd(text: string, from: number): number {
  let end = from;
  while (end < text.length && classAt(text, end) & NAME) end += widthAt(text, end, text.charCodeAt(end));
  return end;
}

/** How often each three letters in a row stand in a text. Of 'the sea': 'the', 'he ', 'e s', … */
export function everyTriple(letters: Uint16Array): Map<string, number> {
  const counts = new Map<string, number>();
  for (let at = 0; at + 2 < letters.length; at++) {
    const triple = String.fromCharCode(letters[at]!, letters[at + 1]!, letters[at + 2]!);
    counts.set(triple, (counts.get(triple) ?? 0) + 1);
  }
  return counts;
}

/** What share of a text's triples each of some is; 0 of no text. */
export function tripleShares(letters: Uint16Array, triples: readonly string[]): number[] {
  const total = letters.length - 2;
  if (total <= 0) return triples.map(() => 0);
  const counts = tableOf(triples).count(letters);
  return triples.map((_, index) => counts[index + 1]! / total);
}

/** Finds which of some triples three units are, without a string for each place of a text. */
class TripleTable {
  /** Each unit that stands in a triple has a code from 1; all others have 0. */
  private readonly codes = new Uint16Array(0x10000);
  private readonly size: number;
  /** By the codes of two units, the row of `thirds` in which a third one tells the triple; 0 if none does. */
  private readonly rows: Uint16Array;
  /** By row and code, the index of the triple, counted from 1. */
  private readonly thirds: Uint16Array;

  constructor(private readonly triples: readonly string[]) {
    const units = [...new Set(triples.join('').split(''))];
    for (const [index, unit] of units.entries()) this.codes[unit.charCodeAt(0)] = index + 1;
    this.size = units.length + 1;
    this.rows = new Uint16Array(this.size ** 2);
    this.thirds = new Uint16Array((triples.length + 1) * this.size);
    let rows = 0;
    for (const [index, triple] of triples.entries()) {
      const [first, second, third] = [0, 1, 2].map((at) => this.codes[triple.charCodeAt(at)]!);
      const row = (this.rows[first! * this.size + second!] ||= rows += 1);
      this.thirds[row * this.size + third!] = index + 1;
    }
  }

  /** How often each triple stands there, at its index counted from 1. */
  count(letters: Uint16Array): Uint32Array {
    const { codes, rows, thirds, size } = this;
    const counts = new Uint32Array(this.triples.length + 1);
    let row = 0;
    let before = 0;
    for (let at = 0; at < letters.length; at++) {
      const code = codes[letters[at]!]!;
      counts[thirds[row * size + code]!]! += 1;
      row = rows[before * size + code]!;
      before = code;
    }
    return counts;
  }
}

const tables = new WeakMap<readonly string[], TripleTable>();

function tableOf(triples: readonly string[]): TripleTable {
  let table = tables.get(triples);
  if (table === undefined) {
    table = new TripleTable(triples);
    tables.set(triples, table);
  }
  return table;
}
