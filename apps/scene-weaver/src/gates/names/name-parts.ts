import { foldName } from '../reading/fold';
import { GENERIC_NAME_WORDS } from '../words/generic-names.words';
import { ORDINARY_WORDS } from '../words/ordinary.words';

const JOINING_WORDS: ReadonlySet<string> = new Set(['the', 'of', 'and', 'a', 'an', 'de', 'von', 'van', 'la']);

/** The words a name is made of, folded: any of them may stand for the whole. A note in brackets is left out. */
export function nameParts(name: string): string[] {
  const words = foldName(name.replace(/\([^)]*\)/g, ' ')).split(' ');
  return words.filter((word) => word !== '' && !JOINING_WORDS.has(word));
}

/** Those parts that mean nobody else: no titles and no words that prose uses for other things ("Hope", "Captain"). */
export function tellingParts(name: string): string[] {
  return nameParts(name).filter(
    (word) => word.length > 1 && !ORDINARY_WORDS.has(word) && !GENERIC_NAME_WORDS.has(word),
  );
}
