import type { FieldProblem } from '@fiction/contracts';
import { Lexer, parseDocument, type YAMLError } from 'yaml';

/** Field under which problems of the front matter as a whole are told. */
export const FRONT_MATTER = '(front matter)';

/** Aliases that an honest brief may use; a bomb needs many more. */
const MAX_ALIASES = 20;
/**
 * Most names, values and marks of YAML; a brief with every field at its longest has a third of them. Their number is what
 * reading costs, by its square where they are keys of one map; how long each is does not matter.
 */
const MAX_TOKENS = 20_000;

export interface FrontMatter {
  /** The fields; absent when they could not be read. */
  fields: Record<string, unknown> | undefined;
  /** What follows the front matter; the premise. */
  text: string;
  problems: FieldProblem[];
}

/** Splits a Markdown brief into the fields of its front matter and the text after it. */
export function readFrontMatter(source: string): FrontMatter {
  const markdown = source.replace(/^\uFEFF/, '').replaceAll(/\r\n?/g, '\n');
  const begins = /^---[ \t]*\n/.exec(markdown);
  if (begins === null) return refuse(markdown, 'is missing: the brief must begin with a line "---"');
  const rest = markdown.slice(begins[0].length);
  const ends = /^---[ \t]*(?:\n|$)/m.exec(rest);
  if (ends === null) return refuse('', 'does not end: a second line "---" must close it', false);
  const text = rest.slice(ends.index + ends[0].length).trim();
  return { text, ...parseFields(rest.slice(0, ends.index)) };
}

function refuse(text: string, message: string, readable = true): FrontMatter {
  const fields = readable ? {} : undefined;
  return { fields, text: text.trim(), problems: [{ field: FRONT_MATTER, message }] };
}

function parseFields(yaml: string): Omit<FrontMatter, 'text'> {
  if (hasMoreTokens(yaml, MAX_TOKENS)) return unreadable(`has more than ${MAX_TOKENS} names, values and marks`);
  const document = parseDocument(yaml, {
    version: '1.2',
    schema: 'core',
    strict: true,
    uniqueKeys: true,
    stringKeys: true,
    merge: false,
    resolveKnownTags: false,
    prettyErrors: false,
  });
  // A warning is a tag that nobody knows: what it stands for would be a guess.
  const wrong = [...document.errors, ...document.warnings];
  if (wrong.length > 0) return { fields: undefined, problems: wrong.map((error) => yamlProblem(error, yaml)) };
  try {
    const value: unknown = document.toJS({ maxAliasCount: MAX_ALIASES }) ?? {};
    if (typeof value === 'object' && !Array.isArray(value)) {
      return { fields: value as Record<string, unknown>, problems: [] };
    }
    return unreadable('must consist of fields, each as "name: value"');
  } catch {
    return unreadable('uses too many aliases');
  }
}

function hasMoreTokens(yaml: string, limit: number): boolean {
  const tokens = new Lexer().lex(yaml);
  for (let seen = 0; seen <= limit; seen += 1) if (tokens.next().done === true) return false;
  return true;
}

function unreadable(message: string): Omit<FrontMatter, 'text'> {
  return { fields: undefined, problems: [{ field: FRONT_MATTER, message }] };
}

/** What YAML makes of `title: A: B`, also within braces. */
const COLON_ERRORS = new Set<string>(['BLOCK_AS_IMPLICIT_KEY', 'BLOCK_IN_FLOW']);

/** Lines are counted in the brief, where the front matter begins on the second. */
function yamlProblem(error: YAMLError, yaml: string): FieldProblem {
  const line = yaml.slice(0, error.pos[0]).split('\n').length + 1;
  const isColon = COLON_ERRORS.has(error.code) && /: .*: /.test(`${yaml.split('\n')[line - 2]} `);
  const advice = isColon ? '; put quotes around a value that contains a colon' : '';
  return { field: FRONT_MATTER, message: `line ${line} is not valid YAML: ${error.message}${advice}` };
}
