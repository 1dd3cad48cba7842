import { clusterEnd, plainEnd } from '../names/clusters';
import { foldName, UNSPACED } from '../names/name-key';

/** A word of a text as names are compared. */
export interface FoldedWord {
  text: string;
  /** Where in the original it begins. */
  at: number;
  /** For each unit of `text`, where in the original the letter stands that it comes from; left out of plain letters. */
  offsets?: number[];
}

export const isUnspaced = (text: string): boolean => UNSPACED.test(text);

/** Where in the original the letter stands that unit `unit` of a word comes from. */
export function offsetOf({ at, offsets }: FoldedWord, unit: number): number {
  return offsets === undefined ? at + unit : offsets[unit]!;
}

/** The words of a text, folded as names are, each with its places in the text. */
export function foldedWords(text: string): FoldedWord[] {
  const words: FoldedWord[] = [];
  const lower = text.toLowerCase();
  // Only one letter, İ, is longer in lower case: where none is, all stand where they stood.
  const folded = lower.length === text.length ? lower : text;
  /** The word that goes on with the next letter. */
  let current: FoldedWord | undefined;
  for (let at = 0; at < text.length;) {
    const plain = plainEnd(text, at);
    if (plain > at) {
      const letters = folded === lower ? lower.slice(at, plain) : text.slice(at, plain).toLowerCase();
      if (current === undefined) words.push((current = { text: letters, at }));
      else extend(current, letters, at, 1);
      at = plain;
      continue;
    }
    if (isBreak(text, at)) {
      current = undefined;
      at += 1;
      continue;
    }
    const end = clusterEnd(text, at);
    // What folds to more than a word (a fraction) does so in parts.
    const parts = partsOf(text.slice(at, end));
    if (parts.length === 1 && parts[0] === '') {
      current = undefined;
    } else {
      for (const [index, part] of parts.entries()) {
        if (current === undefined || index > 0) words.push((current = { text: '', at, offsets: [] }));
        extend(current, part, at, 0);
      }
    }
    at = end;
  }
  return words;
}

/** Nearly all of what is no letter is in ASCII, and has no mark on it. */
function isBreak(text: string, at: number): boolean {
  return text.charCodeAt(at) < 128 && clusterEnd(text, at) === at + 1;
}

function extend(word: FoldedWord, letters: string, at: number, step: 0 | 1): void {
  word.offsets ??= Array.from(word.text, (_, unit) => word.at + unit);
  word.text += letters;
  for (let unit = 0; unit < letters.length; unit += 1) word.offsets.push(at + step * unit);
}

/** What typographers add to what is no letter in ASCII; nothing is left of either. */
const BREAKS = new Set('“”‘’—–…');
const NOTHING = [''];

/** Of a cluster that is no plain letter. */
function partsOf(cluster: string): string[] {
  return isAscii(cluster) || BREAKS.has(cluster) ? NOTHING : foldName(cluster).split(' ');
}

const isAscii = (cluster: string): boolean => cluster.length === 1 && cluster.charCodeAt(0) < 128;
