/** A stretch of the prose, as offsets into it in UTF-16 units: `start` inclusive, `end` exclusive. */
export interface Span {
  start: number;
  end: number;
}

/** `quoted` is a Markdown block quote: a letter, a sign, a document that somebody in the story reads. */
export type ParagraphKind = 'prose' | 'quoted' | 'heading' | 'rule';

export interface Paragraph extends Span {
  kind: ParagraphKind;
}

/** A line longer than this shows that the prose is not wrapped by hand. */
const LONGEST_WRAPPED_LINE = 100;

/**
 * The paragraphs of a prose text. Blank lines part paragraphs; a single line break does too, unless the text
 * has blank lines and no line longer than a hand-wrapped one.
 */
export function paragraphsOf(text: string): Paragraph[] {
  const lines = linesOf(text);
  const wrapped =
    lines.some((line, index) => index > 0 && index < lines.length - 1 && isBlank(text, line)) &&
    lines.every((line) => line.end - line.start <= LONGEST_WRAPPED_LINE);
  const paragraphs: Paragraph[] = [];
  let open: Paragraph | null = null;
  for (const line of lines) {
    if (isBlank(text, line)) {
      open = null;
      continue;
    }
    const kind = kindOf(text.slice(line.start, line.end));
    if (wrapped && open && open.kind === kind && kind !== 'heading' && !startsSpeech(text, line.start)) {
      open.end = line.end;
    } else {
      open = { start: line.start, end: line.end, kind };
      paragraphs.push(open);
    }
  }
  return paragraphs;
}

/** Whether a line starts as a line of dialogue with a dash. */
export function startsSpeech(text: string, start: number): boolean {
  return /^\s{0,8}[\u2014\u2013\u2015]\s?[\p{L}\p{N}\u00bf\u00a1"'\u2026.]/u.test(text.slice(start, start + 12));
}

function kindOf(line: string): ParagraphKind {
  if (/^\s{0,3}#{1,6}\s/.test(line)) return 'heading';
  if (/^\s{0,3}>/.test(line)) return 'quoted';
  return /[\p{L}\p{N}]/u.test(line) ? 'prose' : 'rule';
}

function isBlank(text: string, line: Span): boolean {
  return line.start === line.end || text.slice(line.start, line.end).trim() === '';
}

function linesOf(text: string): Span[] {
  const lines: Span[] = [];
  let start = 0;
  for (const lineBreak of text.matchAll(/\r\n|[\n\r\u2028\u2029]/g)) {
    lines.push({ start, end: lineBreak.index });
    start = lineBreak.index + lineBreak[0].length;
  }
  lines.push({ start, end: text.length });
  return lines;
}
