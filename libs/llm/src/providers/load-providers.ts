import { plainWords } from '@fiction/contracts';
import { readFileSync } from 'node:fs';
import { parseDocument, type ErrorCode } from 'yaml';
import type { z } from 'zod';
import { ProvidersFileError } from './providers-file.error';
import { ProvidersFile, type Environment } from './providers-file';
import { providersFileSchema } from './providers-file.schema';

const BUILT_IN = { providers: { rehearsal: { kind: 'rehearsal', lane: 'metal' } } };

/** What is wrong with YAML, in words of our own: the parser's quote the line, and somebody will have pasted a key into it. */
const YAML_PROBLEMS: Partial<Record<ErrorCode, string>> = {
  BAD_INDENT: 'its indentation does not fit the lines before it',
  BAD_SCALAR_START: 'a value that begins with such a character needs quotes',
  BLOCK_AS_IMPLICIT_KEY: 'a value that contains a colon needs quotes',
  BLOCK_IN_FLOW: 'braces or brackets are not closed, or a value that contains a colon needs quotes',
  DUPLICATE_KEY: 'the same name twice',
  MISSING_CHAR: 'a quote, a comma, a colon or a closing bracket is missing',
  MULTILINE_IMPLICIT_KEY: 'a colon is missing after a name',
  TAB_AS_INDENT: 'a tab in place of spaces',
  UNEXPECTED_TOKEN: 'something unexpected',
};

/**
 * Loads the providers file; without one there is only `rehearsal`, which needs no key and no network.
 * @param path The value of `FICTION_PROVIDERS`.
 * @param env Where the keys named by `apiKeyEnv` are looked up, when they are used.
 * @throws ProvidersFileError naming every problem.
 */
export function loadProviders(path: string | undefined, env: Environment): ProvidersFile {
  if (path === undefined || path === '') return parseProviders(BUILT_IN, '(built in)', env);
  return parseProviders(parseYaml(read(path), path), path, env);
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new ProvidersFileError(path, [`it cannot be read: ${(error as NodeJS.ErrnoException).code ?? 'unknown'}`]);
  }
}

function parseYaml(text: string, path: string): unknown {
  const document = parseDocument(text, { prettyErrors: false });
  if (document.errors.length > 0) {
    const problems = document.errors.map(({ code, pos }) => {
      const words = YAML_PROBLEMS[code];
      return `line ${lineOf(text, pos[0])}: not valid YAML: ${words === undefined ? code : `${words} (${code})`}`;
    });
    throw new ProvidersFileError(path, problems);
  }
  try {
    return document.toJS() as unknown;
  } catch {
    throw new ProvidersFileError(path, ['not usable YAML: too many aliases']);
  }
}

function lineOf(text: string, position: number): number {
  return text.slice(0, position).split('\n').length;
}

function parseProviders(value: unknown, path: string, env: Environment): ProvidersFile {
  const parsed = providersFileSchema.safeParse(value, { error: plainWords });
  if (!parsed.success) throw new ProvidersFileError(path, parsed.error.issues.flatMap(problemsOf));
  return new ProvidersFile(new Map(Object.entries(parsed.data.providers)), env);
}

function problemsOf(issue: z.core.$ZodIssue): string[] {
  const place = issue.path.map(String);
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => `${[...place, key].join('.')}: unknown field`);
  }
  if (issue.code === 'invalid_key') {
    return issue.issues.map((inner) => `${place.join('.')}: the name ${inner.message}`);
  }
  return [`${place.join('.') || '(the whole file)'}: ${issue.message}`];
}
