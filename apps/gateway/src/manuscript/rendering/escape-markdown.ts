/** What means something to Markdown or HTML wherever it stands in a line, emphasis apart: of ampersands only entities. */
const ANYWHERE = /[\\`<[\]]|&(?=#?[A-Za-z0-9]+;)/g;
const EMPHASIS = /[*_~]/g;

/** Lines that would be a heading, a quote, a list, a rule, a fence, a table or a definition. */
const BEGINNINGS: RegExp[] = [
  /^[#>|~:]/, // heading, quote, table, fence, definition
  /^[-+*](?:\s|$)/, // list
  /^([-*_=])(?:\s*\1)*$/, // rule, or the underline of a heading
  /^[-:|][-:|\s]*$/, // the line under a table's head
];
const NUMBER = /^\d{1,9}(?=[.)](?:\s|$))/;

/**
 * Prose as Markdown that shows it to the letter: paragraphs and line breaks stay, `*emphasis*` stays, and nothing in it
 * can be a heading, a rule, a list, a link, an image or HTML.
 */
export function proseToMarkdown(prose: string): string {
  return plainText(prose)
    .split(/\n[ \t]*(?:\n[ \t]*)+/)
    .map((paragraph) => paragraph.split('\n').map(proseLine).filter(Boolean).join('  \n'))
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

function proseLine(line: string): string {
  return guardBeginning(line.trim().replaceAll(ANYWHERE, '\\$&'));
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
