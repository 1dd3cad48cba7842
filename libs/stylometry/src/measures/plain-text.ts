import { classOf, SPACE } from './characters';

const [TAB, LINE_FEED, RETURN, BLANK] = [9, 10, 13, 32];
const [HYPHEN, EN_DASH, EM_DASH, ELLIPSIS, STOP] = [0x2d, 0x2013, 0x2014, 0x2026, 0x2e];
/** What is written with another character, and what is left out. */
const STRAIGHT = new Map([...quotes('“”„«»', '"'), ...quotes('‘’‚', "'")]);
const [UNDERLINE, STAR, HASH] = [0x5f, 0x2a, 0x23];

/**
 * One spelling for what printers spell in many ways, so that a book's typesetting is not taken for its author's style:
 * straight quotes, one kind of dash without spaces around it, no emphasis marks, three stops for an ellipsis, one blank
 * between words, paragraphs apart by one empty line. All its white space is blanks and line feeds.
 */
export function plainText(text: string): string {
  const written = text.normalize('NFC');
  const units = new Uint16Array(written.length);
  return spaced(units.subarray(0, withDashes(written, units)));
}

/** Quotes straightened, dashes made one kind: how many units of `page` that has filled. */
function withDashes(text: string, page: Uint16Array): number {
  let length = 0;
  let afterDash = false;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit === RETURN) continue;
    if (unit === HYPHEN || unit === EN_DASH || unit === EM_DASH) {
      const end = dashEnd(text, at);
      if (end > 0) {
        while (length > 0 && isSpace(page[length - 1]!)) length -= 1;
        page[length++] = EM_DASH;
        afterDash = true;
        at = end - 1;
        continue;
      }
    } else if (afterDash && isSpace(unit)) continue;
    afterDash = false;
    page[length++] = unit < 0x80 ? unit : (STRAIGHT.get(unit) ?? unit);
  }
  return length;
}

/** Where the dash that begins at `at` ends, one made of hyphens among them; 0 if there is none. */
function dashEnd(text: string, at: number): number {
  if (text.charCodeAt(at) !== HYPHEN) return at + 1;
  let end = at + 1;
  let hyphens = 1;
  for (; end < text.length; end++) {
    const unit = text.charCodeAt(end);
    if (unit === HYPHEN) hyphens += 1;
    else if (unit !== RETURN) break;
  }
  return hyphens > 1 ? end : 0;
}

/** Marks left out, ellipses written as stops, and white space put in order. */
function spaced(units: Uint16Array): string {
  // Nothing grows more than an ellipsis, which becomes three units.
  const page = new Uint16Array(units.length * 3);
  let length = 0;
  // Behind the last character that is not white space; and the line feeds since.
  let end = 0;
  let feeds = 0;
  for (let at = 0; at < units.length; at++) {
    const unit = units[at]!;
    if (unit === LINE_FEED) {
      feeds += 1;
      page[length++] = LINE_FEED;
    } else if (isSpace(unit)) {
      if (length === end || page[length - 1] !== BLANK) page[length++] = BLANK;
    } else if (unit !== UNDERLINE && unit !== STAR && unit !== HASH) {
      if (end === 0) length = 0;
      else if (feeds > 1) {
        length = end;
        page[length++] = LINE_FEED;
        page[length++] = LINE_FEED;
      }
      if (unit === ELLIPSIS) for (let stop = 0; stop < 3; stop++) page[length++] = STOP;
      else page[length++] = unit;
      feeds = 0;
      end = length;
    }
  }
  return Buffer.from(page.buffer, 0, end * 2).toString('utf16le');
}

function isSpace(unit: number): boolean {
  return unit <= BLANK
    ? unit === BLANK || (unit >= TAB && unit <= RETURN)
    : unit > 0x7f && (classOf(unit) & SPACE) !== 0;
}

function quotes(kinds: string, straight: string): [number, number][] {
  return Array.from(kinds, (kind) => [kind.charCodeAt(0), straight.charCodeAt(0)]);
}
