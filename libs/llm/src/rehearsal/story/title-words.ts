import { EMPTY_WORDS } from './lexicon';

/** A word of a title, in lower case. */
export interface TitleWord {
  /** As it stands, with the typographic apostrophe: "baker’s". */
  text: string;
  /** What it names: "baker". */
  base: string;
  /** Whether something is said to be its own. */
  isPossessive: boolean;
}

const APOSTROPHES = /['’‘ʼ´`＇]/gu;
/** What keeps the parts of a title apart: a subtitle's colon, a list's comma, a dash between spaces. */
const BETWEEN_PHRASES = /[:;,.!?…—–/&|+()[\]]|\s-+\s/u;
const QUOTED = /(?:^|[\s“"«(])’\p{L}/u;
const NO_WORD = /[^\p{L}\p{M}\p{N}\s’-]/gu;
const OUTSIDE_WORD = /^[’-]+|-+$/gu;

/** The phrases of a title; what commas, colons and dashes keep apart describes nothing beyond them. */
export function titlePhrases(title: string): TitleWord[][] {
  return withoutQuotes(title.normalize('NFC').replace(APOSTROPHES, '’').toLowerCase())
    .split(BETWEEN_PHRASES)
    .map((phrase) =>
      phrase
        .replace(NO_WORD, ' ')
        .split(/\s+/)
        .map((word) => titleWord(word.replace(OUTSIDE_WORD, '')))
        .filter(({ base }) => base !== ''),
    )
    .filter((phrase) => phrase.length > 0);
}

/** The last of the apostrophes after a word closes a quotation where the title has opened one. */
function withoutQuotes(title: string): string {
  return QUOTED.test(title) ? title.replace(/^(.*\S)’(?=\s|$)/u, '$1') : title;
}

function titleWord(word: string): TitleWord {
  const bare = word.replace(/’+$/u, '');
  if (bare.endsWith('’s')) return { text: bare, base: bare.slice(0, -2), isPossessive: true };
  const isPossessive = word !== bare && bare.endsWith('s');
  return { text: isPossessive ? `${bare}’` : bare, base: isPossessive ? bare.slice(0, -1) : bare, isPossessive };
}

const ARTICLES: ReadonlySet<string> = new Set(['the', 'a', 'an']);
export const FOREIGN_ARTICLES: ReadonlySet<string> = new Set(
  `le la les un une du des de der die das dem den ein eine einer el los las lo il gli uno una van von het een do da dos
  og och et und y e`.split(/\s+/),
);
/** In characters. */
const LONGEST_WORD = 30;

/**
 * Whether the word before `at` says which thing it is: "salt clock", "baker’s letter". Whose it is says so only of
 * somebody with an article: "the Tom’s letter" is nobody's English.
 */
export function isDescribed(phrase: readonly TitleWord[], at: number): boolean {
  const before = phrase[at - 1];
  if (before === undefined || EMPTY_WORDS.has(before.text) || FOREIGN_ARTICLES.has(before.text)) return false;
  if (before.base.length < 2 || before.text.length > LONGEST_WORD || !/\p{L}/u.test(before.base)) return false;
  if (!before.isPossessive) return !before.text.includes('’');
  const empty = phrase.slice(0, at - 1).findLast(({ text }) => EMPTY_WORDS.has(text));
  return empty !== undefined && ARTICLES.has(empty.text);
}
