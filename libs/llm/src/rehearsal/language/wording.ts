/** Words as the length gate counts them: runs of anything but white space. */
export function countWords(text: string): number {
  let words = 0;
  let inside = false;
  for (let index = 0; index < text.length; index += 1) {
    const space = text.charCodeAt(index) <= 32 || text.charCodeAt(index) === 160;
    if (!space && !inside) words += 1;
    inside = !space;
  }
  return words;
}

/** At most `characters`, cut between words where that leaves anything. */
export function clip(text: string, characters: number): string {
  const trimmed = text.trim();
  if (trimmed.length <= characters) return trimmed;
  const head = trimmed.slice(0, characters).replace(/[\uD800-\uDBFF]$/u, '');
  const words = head.replace(/\s+\S*$/u, '');
  const kept = words.length >= characters / 2 ? words : head;
  return kept.replace(/[\s,;:–-]+$/u, '');
}

/** What fits a `lineSchema`. */
export const clipLine = (text: string): string => clip(text.replace(/\s+/g, ' '), 300);

/** With a capital, where the first letter has one; a ligature has none of its own and would become other letters. */
export function capitalised(text: string): string {
  const first = text.charAt(0).toUpperCase();
  return first.length === 1 ? first + text.slice(1) : text;
}

const SILENT_H = /^(hour|honest|honou?r|heir)/i;
const CONSONANT_SOUND = /^(uni|use|usu|eu|one\b|once)/i;

/** `a` or `an`, whichever the next word needs. */
export function article(noun: string): string {
  const vowel = /^[aeiouAEIOUà-öø-ý]/u.test(noun);
  return (vowel && !CONSONANT_SOUND.test(noun)) || SILENT_H.test(noun) ? 'an' : 'a';
}

const SMALL_WORDS = new Set(['a', 'an', 'the', 'of', 'in', 'on', 'at', 'to', 'and', 'or', 'for', 'with', 'by', 'from']);

export function titleCased(text: string): string {
  return text
    .split(' ')
    .map((word, index) => (index > 0 && SMALL_WORDS.has(word) ? word : capitalised(word)))
    .join(' ');
}

/**
 * A name as it stands inside a sentence: "The tide house" is "the tide house", but "The Hague" stays itself, because
 * there the noun is a name too.
 */
export function inSentence(name: string): string {
  return /^(The|A|An) \p{Ll}/u.test(name) ? name.charAt(0).toLowerCase() + name.slice(1) : name;
}

export function listed(items: readonly string[]): string {
  if (items.length <= 1) return items[0] ?? '';
  return `${items.slice(0, -1).join(', ')} and ${items[items.length - 1]!}`;
}

/** Case aside and as whole words, as the beats gate compares: "daylight" holds no "light". */
export function containsPhrase(text: string, phrase: string): boolean {
  return wordAt(text.toLowerCase(), phrase.toLowerCase()) >= 0;
}

const SENTENCE_END = /[.!?…]["”’»)]*\s+(?=\S)/gu;

/** Sentences with their closing quotation marks; good enough for prose this model wrote itself. */
export function sentencesOf(text: string): string[] {
  const sentences: string[] = [];
  let start = 0;
  for (const match of text.matchAll(SENTENCE_END)) {
    const end = match.index + match[0].length;
    sentences.push(text.slice(start, end).trim());
    start = end;
  }
  sentences.push(text.slice(start).trim());
  return sentences.filter((sentence) => sentence !== '');
}

const AFTER_SENTENCE = /(^“?|\n“?|[.!?…]\s+“?|[.]”\s+“?)(\p{Ll})/gu;

/** Slots put names and pronouns at the start of sentences: gives each its capital. */
export function sentenceCased(text: string): string {
  return text.replace(AFTER_SENTENCE, (_, before: string, letter: string) => before + capitalised(letter));
}

const WORD_CHARACTER = /[\p{L}\p{M}\p{N}]/u;

/** Where a word or phrase stands by itself and is not a part of another; -1 when nowhere. */
export function wordAt(text: string, word: string): number {
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
    const before = text[at - 1] ?? ' ';
    const after = text[at + word.length] ?? ' ';
    if (!WORD_CHARACTER.test(before) && !WORD_CHARACTER.test(after)) return at;
  }
  return -1;
}
