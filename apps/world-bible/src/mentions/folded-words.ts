import { clustersOf } from '../names/clusters';
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
  for (const cluster of clustersOf(text)) {
    // What folds to more than a word (a fraction) does so in parts. Most letters are plain ones.
    const parts = cluster.isPlain ? [cluster.text.toLowerCase()] : partsOf(cluster.text);
    const breaks = parts.length === 1 && parts[0] === '';
    if (breaks) {
      current = undefined;
      continue;
    }
    for (const [index, part] of parts.entries()) {
      if (current === undefined || index > 0) words.push((current = { text: '', offsets: [] }));
      current.text += part;
      for (let unit = 0; unit < part.length; unit += 1) current.offsets.push(cluster.at);
    }
  }
  return words;
}

/** Of a space or a full stop, of which a text has many, nothing is left. */
function partsOf(cluster: string): string[] {
  return cluster === ' ' || cluster === '.' || cluster === ',' ? [''] : foldName(cluster).split(' ');
}
