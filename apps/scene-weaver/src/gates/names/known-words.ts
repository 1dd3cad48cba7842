import { foldName } from '../reading/fold';
import { CALENDAR_WORDS } from '../words/calendar.words';
import { DEMONYMS } from '../words/demonyms.words';
import { GENERIC_NAME_WORDS } from '../words/generic-names.words';
import { INTERJECTIONS } from '../words/interjections.words';
import { ORDINARY_WORDS } from '../words/ordinary.words';
import { REAL_PLACES } from '../words/real-places.words';
import { NAME_TITLES } from '../words/titles.words';

/** What a name may end in when people, things or kin are called after it: Vex's folk are Vexians, Ada is Adie. */
const DERIVED = /^(?:s|es|n|ns|an|ans|ian|ians|ish|ese|ite|ites|ie|y|er|ers|i|ic|esque)$/;

const LISTS = [
  ORDINARY_WORDS,
  GENERIC_NAME_WORDS,
  INTERJECTIONS,
  CALENDAR_WORDS,
  DEMONYMS,
  REAL_PLACES,
  NAME_TITLES,
] as const;

/** Whether a capital on this word (folded) says nothing about a name in this story. */
export function isOrdinaryCapital(key: string): boolean {
  const singular = key.endsWith('s') ? key.slice(0, -1) : key;
  return LISTS.some((list) => list.has(key) || list.has(singular)) || (key.length > 6 && key.endsWith('shire'));
}

/** The words of all the names a scene may use. A name is known by any of its words: "Ada" for "Ada Quill". */
export class KnownWords {
  private readonly exact = new Set<string>();
  /** Words of names by their first two letters, to find what an unknown word may be a form of. */
  private readonly byInitials = new Map<string, string[]>();

  /** `names` may be inflected and shortened; `texts` is what the scene was told, known to the letter. */
  constructor(
    names: readonly string[],
    texts: readonly string[],
    private readonly inflects: boolean,
  ) {
    for (const word of foldName(names.join(' \n ')).split(' ')) {
      if (word === '' || this.exact.has(word)) continue;
      this.exact.add(word);
      const initials = word.slice(0, 2);
      const peers = this.byInitials.get(initials);
      if (peers) peers.push(word);
      else this.byInitials.set(initials, [word]);
    }
    for (const word of foldName(texts.join(' \n ')).split(' ')) this.exact.add(word);
  }

  has(key: string): boolean {
    if (this.exact.has(key) || (key.endsWith('s') && this.exact.has(key.slice(0, -1)))) return true;
    return this.byInitials.get(key.slice(0, 2))?.some((name) => this.isFormOf(key, name)) ?? false;
  }

  private isFormOf(key: string, name: string): boolean {
    let shared = 2;
    while (shared < key.length && key[shared] === name[shared]) shared += 1;
    if (shared === key.length) return true;
    if (shared === name.length) return shared > 2 && DERIVED.test(key.slice(shared));
    const longest = name.length + (this.inflects ? 3 : 4);
    if (shared >= 4 && shared >= name.length - 2 && key.length <= longest) return true;
    return this.inflects && shared >= name.length - 1 && key.length <= longest;
  }
}
