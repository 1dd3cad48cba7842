import { calibrate, ENGLISH, knownText, type KnownText } from '@fiction/stylometry';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readAuthors } from '@fiction/testing';
import { crossValidate, shareOf, type Judged } from './cross-validation';
import { referenceSource } from './reference-source';

const REFERENCE = join('libs', 'stylometry', 'src', 'reference', 'english.reference.ts');
/** Passages of a baseline; 1 is one passage against one other. */
const SIZES = [1, 3, 5, 7];
/** What docs/drift.md shows by author: as many as establish a persona's baseline. */
const SHOWN = 5;

/** How well drift tells known authors apart; with `--reference`, learns the shipped reference anew as well. */
export async function drift(root: string, say: (line?: string) => void): Promise<void> {
  const texts = readAuthors(root).map(({ author, text }) => knownText(author, text));
  if (process.argv.includes('--reference')) {
    await writeFile(join(root, REFERENCE), referenceSource(calibrate(texts, ENGLISH.edition)));
  }
  say('## Drift');
  say();
  say('| passages in the baseline | trials | same author, below 0.5 | another author, above 0.5 |');
  say('|---|---|---|---|');
  let rows: string[] = [];
  for (const size of SIZES) {
    const judged = crossValidate(texts, size);
    const { same, other } = shareOf(judged);
    say(`| ${size} | ${judged.length} | ${percent(same)} | ${percent(other)} |`);
    if (size === SHOWN) rows = byAuthor(texts, judged);
  }
  say();
  say('| author | own passages below | others’ passages above | own passages above others’ baselines |');
  say('|---|---|---|---|');
  for (const row of rows) say(row);
  say();
}

function byAuthor(texts: readonly KnownText[], judged: readonly Judged[]): string[] {
  return [...new Set(texts.map(({ author }) => author))].map((author) => {
    const own = shareOf(judged.filter((one) => one.author === author && one.baselineOf === author)).same;
    const others = shareOf(judged.filter((one) => one.baselineOf === author && one.author !== author)).other;
    const away = shareOf(judged.filter((one) => one.author === author && one.baselineOf !== author)).other;
    return `| ${author} | ${percent(own)} | ${percent(others)} | ${percent(away)} |`;
  });
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}
