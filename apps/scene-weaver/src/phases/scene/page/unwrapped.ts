import { wholeJson } from '@fiction/llm';

const PARAGRAPHS = /^<p\b[^>]*>([\s\S]*)<\/p>$/i;
const BETWEEN_PARAGRAPHS = /\s*<\/p>\s*<p\b[^>]*>\s*/gi;
const LINE_BREAK = /[ \t]*<br\s*\/?>[ \t]*\n?/gi;
/** Every line of it, empty ones aside. */
const BLOCK_QUOTE = /^(?:>[^\n]*(?:\n\s*|$))+$/;

/**
 * The text of a page that is put into something else: into JSON, as models do that have been given JSON; with line breaks
 * spelt out; into paragraphs of HTML; into a block quote. In a story one of these may be part of a page, and is never all of it.
 */
export function unwrapped(answer: string): string {
  const prose = withBreaks(textIn(wholeJson(answer), answer.length / 2) ?? answer).trim();
  const paragraphs = PARAGRAPHS.exec(prose)?.[1]?.replaceAll(BETWEEN_PARAGRAPHS, '\n\n') ?? prose;
  const text = paragraphs.replaceAll(LINE_BREAK, '\n');
  return (BLOCK_QUOTE.test(text) ? text.replaceAll(/^[ \t]*>[ \t]?/gm, '') : text).trim();
}

/** What is most of a JSON value: a text with more than one line in it, a list of paragraphs, or one of these in an object. */
function textIn(value: unknown, atLeast: number): string | undefined {
  if (typeof value === 'string') return value.length >= atLeast && value.includes('\n') ? value : undefined;
  if (typeof value !== 'object' || value === null) return undefined;
  const parts: unknown[] = Object.values(value);
  if (Array.isArray(value) && parts.length > 1 && parts.every((part) => typeof part === 'string')) {
    return textIn(parts.join('\n\n'), atLeast);
  }
  for (const part of parts) {
    const text = textIn(part, atLeast);
    if (text !== undefined) return text;
  }
  return undefined;
}

function withBreaks(text: string): string {
  const isSpeltOut = !text.includes('\n') && text.includes('\\n\\n');
  return isSpeltOut ? text.replaceAll('\\n', '\n').replaceAll('\\"', '"') : text;
}
