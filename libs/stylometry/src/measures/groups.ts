import { FUNCTION_WORDS } from './function.words';
import { LEXICON, WORD_FORMS } from './lexicon.words';

/** What is measured of a text, in groups; a difference in style is told by group. */
export const GROUPS = ['letters', 'words', 'punctuation', 'shape', 'vocabulary', 'lexicon'] as const;
export type Group = (typeof GROUPS)[number];

/** Those that mean something in any language with spaces between words; the others hold English words. */
export const NEUTRAL_GROUPS: readonly Group[] = ['punctuation', 'shape', 'vocabulary'];

/** Rates of rare things, whose spread grows with their mean; their root's does not. */
export const RATES: ReadonlySet<Group> = new Set<Group>(['letters', 'words', 'lexicon']);

export const MARKS = [',', ';', ':', '—', '!', '?', '.', '(', '-', "'"] as const;

/** The name of each measure, in order; those of `letters` are the reference's. */
export const MEASURES: Readonly<Record<Exclude<Group, 'letters'>, readonly string[]>> = {
  words: FUNCTION_WORDS,
  punctuation: MARKS,
  shape: [
    'length of sentences',
    'spread of sentence lengths',
    'short sentences',
    'long sentences',
    'length of paragraphs',
    'spread of paragraph lengths',
    'dialogue share',
  ],
  vocabulary: ['length of words', 'spread of word lengths', 'long words', 'short words', 'variety'],
  lexicon: [...Object.keys(LEXICON), ...Object.keys(WORD_FORMS)],
};

/** Of `shape`: means of the logarithms of lengths in words. */
export const LENGTHS: ReadonlySet<number> = new Set([0, 4]);
