import { searchableText } from '../names/name-key';

const NEGATIONS = new Set(['not', 'no', 'never', 'longer', 'neither', 'nor', 'cannot']);
/** What may change between a statement and its denial without changing what it is about. */
const SMALL_WORDS = new Set([
  'the',
  'a',
  'an',
  'any',
  'some',
  'does',
  'do',
  'did',
  'more',
  'ever',
  'has',
  'have',
  'had',
]);

/**
 * Whether one statement says no to what the other says: the same words, and one of them with a negation. It knows English
 * alone, and only this; what it does not understand it lets pass.
 */
export function denies(one: string, other: string): boolean {
  const [a, b] = [reading(one), reading(other)];
  return a.negated !== b.negated && a.words.length > 0 && a.words.join(' ') === b.words.join(' ');
}

function reading(statement: string): { negated: boolean; words: string[] } {
  const spelled = statement
    .replaceAll(/\bcan['’]t\b/giu, 'can not')
    .replaceAll(/\bcannot\b/giu, 'can not')
    .replaceAll(/\bwon['’]t\b/giu, 'will not')
    .replaceAll(/n['’]t\b/giu, ' not');
  const words = searchableText(spelled).trim().split(' ');
  return {
    negated: words.some((word) => NEGATIONS.has(word)),
    words: words.filter((word) => !NEGATIONS.has(word) && !SMALL_WORDS.has(word)).map(stemOf),
  };
}

/** "wears" and "wear" are one word here: a negation takes the ending away. */
function stemOf(word: string): string {
  return word.length > 3 && word.endsWith('s') && !word.endsWith('ss') ? word.slice(0, -1) : word;
}
