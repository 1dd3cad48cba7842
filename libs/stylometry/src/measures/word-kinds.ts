import { FUNCTION_WORDS } from './function.words';
import { LEXICON, WORD_FORMS } from './lexicon.words';

/** What a word counts for. */
interface WordKinds {
  /** Index in `FUNCTION_WORDS`, or -1. */
  functionWord: number;
  /** Indexes of classes: those of `LEXICON`, then those of `WORD_FORMS`. */
  classes: readonly number[];
}

const LISTS = Object.values(LEXICON);
const FORMS = Object.values(WORD_FORMS);
export const CLASSES = LISTS.length + FORMS.length;
const FUNCTION_INDEX = new Map(FUNCTION_WORDS.map((word, index) => [word, index]));

const known = new Map<string, WordKinds>();
const MOST_KNOWN = 20_000;

/** What a word in lower case counts for. Books say the same words again, so what is found is kept, up to a bound. */
export function kindsOf(word: string): WordKinds {
  let kinds = known.get(word);
  if (kinds === undefined) {
    if (known.size >= MOST_KNOWN) known.clear();
    kinds = lookUp(word);
    // A slice would keep its whole text in memory.
    known.set(Buffer.from(word).toString(), kinds);
  }
  return kinds;
}

function lookUp(word: string): WordKinds {
  const classes = [...LISTS.map((list) => list.has(word)), ...FORMS.map((has) => has(word))];
  return {
    functionWord: FUNCTION_INDEX.get(word) ?? -1,
    classes: classes.flatMap((is, index) => (is ? [index] : [])),
  };
}
