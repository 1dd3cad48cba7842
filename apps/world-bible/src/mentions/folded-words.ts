import { foldName, UNSPACED } from '../names/name-key';

/** A letter with the marks on it: what is folded together. */
const CLUSTER = /\P{M}\p{M}*|\p{M}+/gu;

const PLAIN = /^[A-Za-z0-9]$/;

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
  for (const match of text.matchAll(CLUSTER)) {
    // What folds to more than a word (a fraction) does so in parts. Most letters are plain ones.
    const parts = PLAIN.test(match[0]) ? [match[0].toLowerCase()] : foldName(match[0]).split(' ');
    const breaks = parts.length === 1 && parts[0] === '';
    if (breaks) {
      current = undefined;
      continue;
    }
    for (const [index, part] of parts.entries()) {
      if (current === undefined || index > 0) words.push((current = { text: '', offsets: [] }));
      current.text += part;
      for (let unit = 0; unit < part.length; unit += 1) current.offsets.push(match.index);
    }
  }
  return words;
}
