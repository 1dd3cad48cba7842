import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';

export interface Passage {
  author: string;
  /** The work and its year. */
  work: string;
  text: string;
}

/** The folder of the extracts, from the root: compiled code lies elsewhere. */
const FOLDER = join('libs', 'testing', 'authors', 'passages');
const HEADING = /^== (.+)\n/m;

/**
 * The passages of known authors, eight of each; README.md beside their folder says where they come from.
 * @param root of the checkout
 */
export function readAuthors(root: string): Passage[] {
  return readdirSync(join(root, FOLDER))
    .filter((file) => file.endsWith('.txt'))
    .sort()
    .flatMap((file) => passagesOf(basename(file, '.txt'), readFileSync(join(root, FOLDER, file), 'utf8')));
}

function passagesOf(author: string, text: string): Passage[] {
  const parts = text.split(HEADING).slice(1);
  return Array.from({ length: parts.length / 2 }, (_, at) => ({
    author,
    work: parts[2 * at]!,
    text: parts[2 * at + 1]!.trim(),
  }));
}
