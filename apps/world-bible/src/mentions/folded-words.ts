import { clusterEnd, plainEnd } from '../names/clusters';
import { foldName, UNSPACED } from '../names/name-key';

/** A word of a text as names are compared. */
export interface FoldedWord {
  text: string;
  /** For each unit of `text`, where in the original the letter stands that it comes from. */
  offsets: number[];
}

export const isUnspaced = (text: string): boolean => UNSPACED.test(text);

/** The words of a text, folded as names are, each with its places in the text. */
export function foldedWords(text: string): FoldedWord[] {
  const words: FoldedWord[] = [];
  let current: FoldedWord | undefined;
  const begin = (): FoldedWord => {
    const word = { text: '', offsets: [] };
    words.push(word);
    return word;
  };
  for (let at = 0; at < text.length;) {
    const plain = plainEnd(text, at);
    if (plain > at) {
      current ??= begin();
      current.text += text.slice(at, plain).toLowerCase();
      for (; at < plain; at += 1) current.offsets.push(at);
      continue;
    }
    const end = clusterEnd(text, at);
    // What folds to more than a word (a fraction) does so in parts.
    const parts = partsOf(text.slice(at, end));
    if (parts.length === 1 && parts[0] === '') {
      current = undefined;
    } else {
      for (const [index, part] of parts.entries()) {
        if (current === undefined || index > 0) current = begin();
        current.text += part;
        for (let unit = 0; unit < part.length; unit += 1) current.offsets.push(at);
      }
    }
    at = end;
  }
  return words;
}

/** What typographers add to what is no letter in ASCII; nothing is left of either. */
const BREAKS = new Set('“”‘’—–…');
const NOTHING = [''];

/** Of a cluster that is no plain letter. */
function partsOf(cluster: string): string[] {
  return isAscii(cluster) || BREAKS.has(cluster) ? NOTHING : foldName(cluster).split(' ');
}

const isAscii = (cluster: string): boolean => cluster.length === 1 && cluster.charCodeAt(0) < 128;
