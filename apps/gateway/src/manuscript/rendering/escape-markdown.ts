/**
 * What means something to Markdown or HTML wherever it stands in a line, emphasis apart: of ampersands only entities, of
 * addresses what renderers that make links of bare ones go by.
 */
const ANYWHERE = /[\\`<[\]~]|&(?=#?[A-Za-z0-9]+;)|:(?=\/\/)|(?<=\bwww)\./gi;
const EMPHASIS = /[*_]/g;
/**
 * Emphasis as people write it, around whole words and with nothing of its kind inside; or marks that stand alone and mean
 * nothing; or any other mark, of which Markdown might make emphasis across half the paragraph.
 */
const STARS = /(?<![\p{L}\p{N}*])(\*{1,3})(?![\s*])[^*]*(?<!\s)\1(?![\p{L}\p{N}*])|(?<!\S)\*+(?!\S)|(\*)/gu;
/** Within words underscores mean nothing; two of them belong to a name such as `__init__`. */
const UNDERSCORES =
  /(?<![\p{L}\p{N}_])(_)(?![\s_])[^_]*(?<!\s)\1(?![\p{L}\p{N}_])|(?<=[\p{L}\p{N}])_+(?=[\p{L}\p{N}])|(?<!\S)_+(?!\S)|(_)/gu;

/** Lines that would be a heading, a quote, a list, a rule, a fence, a table or a definition. */
const BEGINNINGS: RegExp[] = [
  /^[#>|:]/, // heading, quote, table, definition
  /^[-+*](?:\s|$)/, // list
  /^([-*_=])(?:\s*\1)*$/, // rule, or the underline of a heading
  /^[-:|][-:|\s]*$/, // the line under a table's head
];
const NUMBER = /^\d{1,9}(?=[.)](?:\s|$))/;

/**
 * Prose as Markdown that shows it to the letter: paragraphs and line breaks stay, `*emphasis*` and `_emphasis_` of whole
 * words stay, and nothing in it can be a heading, a rule, a list, a link, an image or HTML.
 */
export function proseToMarkdown(prose: string): string {
  return plainText(prose)
    .split(/\n[ \t]*(?:\n[ \t]*)+/)
    .map((paragraph) => escapeProse(paragraph).split('\n').map(trimmedLine).filter(Boolean).join('  \n'))
    .filter(Boolean)
    .join('\n\n');
}

/** A title, a name: one line, every mark of Markdown in it shown as it is. */
export function lineToMarkdown(text: string): string {
  const line = plainText(text).replaceAll(/\s+/g, ' ').trim();
  return guardBeginning(
    line
      .replaceAll(ANYWHERE, '\\$&')
      .replaceAll(EMPHASIS, '\\$&')
      .replace(/#(?=#*$)/g, '\\#'),
  );
}

/** Of a whole paragraph, because emphasis may go over its lines. */
function escapeProse(paragraph: string): string {
  const escapeLone = (all: string, _mark?: string, lone?: string): string => (lone === undefined ? all : `\\${lone}`);
  return paragraph.replaceAll(ANYWHERE, '\\$&').replaceAll(STARS, escapeLone).replaceAll(UNDERSCORES, escapeLone);
}

function trimmedLine(line: string): string {
  return guardBeginning(line.trim());
}

function guardBeginning(line: string): string {
  if (BEGINNINGS.some((beginning) => beginning.test(line))) return `\\${line}`;
  return line.replace(NUMBER, '$&\\');
}

/** One kind of line end, no control characters, nothing that only looks like a line. */
function plainText(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(/\r\n?|[\v\f\u0085\u2028\u2029]/g, '\n')
    .replaceAll(/(?![\n\t])\p{Cc}/gu, '');
}
