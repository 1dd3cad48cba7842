import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';

/** The checkout. */
export const ROOT = join(__dirname, '..', '..');

/** What is at a path of a parsed file; `undefined` when the path leads nowhere. */
export function at(value: unknown, ...path: (string | number)[]): unknown {
  return path.reduce<unknown>((inner, key) => (inner as Record<string, unknown> | undefined)?.[key], value);
}

/** The list at a path; empty when there is none. */
export function listAt(value: unknown, ...path: (string | number)[]): unknown[] {
  return (at(value, ...path) ?? []) as unknown[];
}

/** The names and values of the map at a path. */
export function entriesAt(value: unknown, ...path: (string | number)[]): [string, unknown][] {
  return Object.entries(at(value, ...path) ?? {});
}

export function readText(path: string): string {
  return readFileSync(join(ROOT, path), 'utf8');
}

/**
 * The documents of a YAML file, anchors and merges resolved.
 * @throws naming the file, when it is not YAML
 */
export function readDocuments(path: string): unknown[] {
  return parseAllDocuments(readText(path), { merge: true, uniqueKeys: true }).map((document) => {
    const [problem] = [...document.errors, ...document.warnings];
    if (problem) throw new Error(`${path}: ${problem.message}`);
    return document.toJS() as unknown;
  });
}

/** The only document of a YAML file. */
export function readDocument(path: string): unknown {
  const [document, ...more] = readDocuments(path);
  if (document === undefined || more.length > 0) throw new Error(`${path} must hold one document`);
  return document;
}
