import type { GateFinding } from '@fiction/contracts';
import type { GateInput } from '../gate-input';
import { isOrdinaryCapital, KnownWords } from './known-words';
import { nameRunsOf, type NameToken } from './name-runs';
import type { ProseReading } from '../reading/prose-reading';
import { NAMED_PLACE_WORDS } from '../words/generic-names.words';
import { NOT_A_PLACE_AFTER, PLACE_CUE } from '../words/locating-cues.words';
import { INTERJECTIONS } from '../words/interjections.words';
import { ORDINARY_WORDS } from '../words/ordinary.words';
import { NAME_TITLES, NO_NAME_AFTER_TITLE } from '../words/titles.words';

/** Unknown names reported at most; a scene with more is not helped by the rest of the list. */
export const MAX_NAME_FINDINGS = 8;

/** Languages that capitalise every noun, so that a capital tells nothing. */
const CAPITALISES_NOUNS = /^(?:de|lb|nds|gsw|bar|ksh)\b/i;

const NO_LETTERS = /[^\p{L}\p{M}\p{N}]+/u;

const DETERMINER =
  /(?:^|[^\p{L}])(?:the|an?|this|that|these|those|my|your|his|her|its|our|their|every|each|no|some|any)\s$/iu;

interface Candidate {
  name: string;
  at: number;
  multiWord: boolean;
  cued: boolean;
  /** Occurrences where only being a name explains the capital; `bare` those of them after no article. */
  inside: number;
  bare: number;
  /** Occurrences at the start of a sentence. */
  starting: number;
}

/**
 * Names that the world bible does not know. A capitalised word is a name where it does not start a sentence, and is
 * unknown where no known name shares a word, a short form, a plural or a derived form with it, the scene's own design
 * does not use it, and it is no day, nationality, title, rank, interjection, famous place or ordinary word.
 *
 * An unknown name is refused only where chance is unlikely, so that ordinary prose passes:
 * - two or more unknown words in one run ("Marta Vex", also at the start of a sentence), or one before the name of a
 *   kind of place ("Vex Street");
 * - once, after a title or a place cue ("Mr Vex", "the town of Xanadu", "in Xanadu");
 * - a single word twice, one of them inside a sentence; after "the", "her" and the like three times. A word that the
 *   prose also writes in lower case does not count.
 * Languages other than English have no lists of ordinary words, so words that start sentences are left out and a single
 * word counts from its third time. Languages that capitalise nouns (German), and scripts without capitals, are not
 * checked.
 */
export function checkKnownNames(input: GateInput, reading: ProseReading): GateFinding[] {
  return unknownNamesIn(input, reading).map(({ name, quote }) => ({
    gate: 'known-names',
    message: `"${name}" is a name that the world bible does not know.`,
    quote,
  }));
}

/** The names that are refused, in the order of the prose. */
export function unknownNamesIn(
  input: Omit<GateInput, 'prose'>,
  reading: ProseReading,
): { name: string; quote: string | null }[] {
  if (CAPITALISES_NOUNS.test(input.book.language)) return [];
  const known = new KnownWords(
    [...input.knownNames, ...input.lockedFacts.map((fact) => fact.entry), input.scene.pov, ...input.scene.cast],
    textsOf(input),
    !reading.isEnglish,
  );
  const candidates = new Map<string, Candidate>();
  for (const run of nameRunsOf(reading)) collect(run, known, reading, candidates);
  const found = [...candidates.values()].filter((candidate) => isUnlikelyChance(candidate, reading.isEnglish));
  const partsOfLonger = new Set(found.flatMap(({ multiWord, name }) => (multiWord ? name.split(' ') : [])));
  return found
    .filter(({ multiWord, name }) => multiWord || !partsOfLonger.has(name))
    .sort((a, b) => a.at - b.at)
    .slice(0, MAX_NAME_FINDINGS)
    .map(({ name, at }) => ({ name, quote: reading.quoteSentenceAt(at) }));
}

function textsOf({ scene, lockedFacts }: Omit<GateInput, 'prose'>): string[] {
  return [
    scene.goal,
    scene.conflict,
    scene.outcome,
    scene.place,
    scene.storyTime,
    ...scene.beats.flatMap((beat) => [beat.text, ...beat.mentions]),
    ...scene.requiredLore.flatMap((need) => [need.name, need.why]),
    ...lockedFacts.map((fact) => fact.statement),
  ];
}

function collect(run: NameToken[], known: KnownWords, reading: ProseReading, into: Map<string, Candidate>): void {
  const first = run[0]!;
  const tokens = first.atStart && !known.has(first.key) && startsAnySentence(first, reading) ? run.slice(1) : run;
  const unknown = tokens.filter((token) => isUnknown(token, known));
  const lead = unknown[0];
  if (!lead) return;
  const next = tokens[tokens.indexOf(lead) + 1];
  const namesPlace = next !== undefined && NAMED_PLACE_WORDS.has(next.key) && !lead.possessive;
  if (unknown.length > 1 || namesPlace) {
    if (unknown.every((token) => writesLowerCase(reading, token))) return;
    const name = reading.text.slice(lead.start, (unknown.length > 1 ? unknown.at(-1)! : next!).end);
    const spelling = name.replace(/\s+/g, ' ').replace(/['\u2019]s$/, '');
    if (!into.has(spelling)) into.set(spelling, { ...EMPTY, name: spelling, at: lead.start, multiWord: true });
    return;
  }
  countSingle(run, lead, reading, into);
}

const EMPTY = { multiWord: false, cued: false, inside: 0, bare: 0, starting: 0 };

function countSingle(run: NameToken[], token: NameToken, reading: ProseReading, into: Map<string, Candidate>): void {
  const cued = followsTitle(run, token) || (reading.isEnglish && run.length === 1 && followsPlaceCue(token, reading));
  if (!followsTitle(run, token) && writesLowerCase(reading, token)) return;
  const candidate = into.get(token.key) ?? { ...EMPTY, name: token.text.replace(/['\u2019]s$/, ''), at: token.start };
  into.set(token.key, candidate);
  if (token.atStart) candidate.starting += 1;
  else {
    if (candidate.inside === 0) candidate.at = token.start;
    candidate.inside += 1;
    if (!DETERMINER.test(reading.text.slice(Math.max(0, token.start - 8), token.start))) candidate.bare += 1;
  }
  if (cued && !candidate.cued) {
    candidate.cued = true;
    candidate.at = token.start;
  }
}

function isUnlikelyChance({ multiWord, cued, inside, bare, starting }: Candidate, english: boolean): boolean {
  if (multiWord || cued) return true;
  if (!english) return inside >= 3;
  return bare > 0 ? inside + starting >= 2 : inside >= 3;
}

/** Whether a word at the start of a sentence would have its capital there whatever it means. */
function startsAnySentence(token: NameToken, reading: ProseReading): boolean {
  const { key, text } = token;
  if (!reading.isEnglish || /n['\u2019]t$/i.test(text)) return true;
  if (ORDINARY_WORDS.has(key) || INTERJECTIONS.has(key)) return true;
  return (key.length > 4 && /(?:ly|ing|ed|ness|less|ful|tion|ment|est)$/.test(key)) || writesLowerCase(reading, token);
}

function isUnknown({ key, text }: NameToken, known: KnownWords): boolean {
  if (key.length < 2 || /n['\u2019]t$/i.test(text) || known.has(key)) return false;
  if (!key.includes(' ')) return !isOrdinaryCapital(key);
  const capitalised = text.split(/[-\u2010\u2011]/).filter((part) => part[0] !== part[0]?.toLowerCase());
  return capitalised.some((part) => {
    const word = part.replace(/['\u2019]s$/, '').toLowerCase();
    return word.length > 1 && !known.has(word) && !isOrdinaryCapital(word);
  });
}

function followsTitle(run: NameToken[], token: NameToken): boolean {
  const before = run[run.indexOf(token) - 1];
  return (
    before !== undefined && NAME_TITLES.has(before.key) && !before.possessive && !NO_NAME_AFTER_TITLE.has(token.key)
  );
}

function followsPlaceCue(token: NameToken, reading: ProseReading): boolean {
  if (token.atStart || token.possessive) return false;
  const before = reading.text
    .slice(Math.max(0, token.start - 60), token.start)
    .replace(/\s+/g, ' ')
    .trimEnd();
  if (PLACE_CUE.test(before)) return true;
  const words = /([\p{L}]*)[^\p{L}]*\bin$/iu.exec(before);
  return words !== null && !NOT_A_PLACE_AFTER.has(words[1]!.toLowerCase());
}

/** Whether the prose also has this word without its capital. */
function writesLowerCase({ lowerCaseWords }: ProseReading, { text }: NameToken): boolean {
  const words = text
    .replace(/['\u2019]s$/, '')
    .toLowerCase()
    .split(NO_LETTERS);
  return words.every((word) => lowerCaseWords.has(word));
}
