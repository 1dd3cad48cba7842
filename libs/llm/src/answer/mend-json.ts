/** A string, to its end or that of the text; a comment; a comma; or whatever is in between. */
const TOKENS = /"(?:[^"\\]|\\[\s\S])*"?|\/\/[^\n]*|\/\*[\s\S]*?\*\/|,|[^",/]+|\//g;
const COMMENT = /^\/[/*]/;
const NOTHING_MORE = /^(?:\s|\/\/[^\n]*(?:\n|$)|\/\*[\s\S]*?\*\/)*[\]}]/;
/** Characters between a last comma and the bracket after it, comments included. */
const LONGEST_GAP = 400;
const ESCAPED: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/**
 * JSON of models that have read more JavaScript: with line breaks inside strings, a comma after the last value, and comments.
 * None of these can mean anything else, so nothing is guessed, as it would be where a quotation mark ends a string too early.
 */
export function mendJson(json: string): string {
  return json.replaceAll(TOKENS, (token, at: number) => {
    if (token.startsWith('"')) return token.replaceAll(/[\n\r\t]/g, (space) => ESCAPED[space]!);
    if (COMMENT.test(token)) return ' ';
    return token === ',' && NOTHING_MORE.test(json.slice(at + 1, at + 1 + LONGEST_GAP)) ? '' : token;
  });
}
