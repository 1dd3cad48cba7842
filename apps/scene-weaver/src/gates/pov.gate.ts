import type { GateFinding } from '@fiction/contracts';
import type { GateInput } from './gate-input';
import { nameParts, tellingParts } from './names/name-parts';
import { foldName, withoutAccents } from './reading/fold';
import type { Span } from './reading/paragraphs';
import type { ProseReading } from './reading/prose-reading';
import { quoteOf } from './reading/quote';
import { ME_EXCLAMATION, MY_EXCLAMATION, NUMBERED_BEFORE, THOUGHT_TAG } from './words/thoughts.words';

/** Sentences quoted at most when a third-person scene slips into the first person. */
export const MAX_SLIPS_QUOTED = 3;
/** Share of the narrator's sentences that have an "I" (or me, my, we, …) in a story told in the first person. */
export const FIRST_PERSON_SHARE = 0.1;
/** The same share above which "we", or an omniscient narrator's "I", is no aside any more but the point of view. */
export const ASIDE_SHARE = 0.25;
/** Fewest sentences of narration from which such a share says anything. */
export const FEWEST_SENTENCES = 5;

const SINGULAR = /(?<![\p{L}\p{N}_'\u2019-])(?:I|[Mm]e|[Mm]y|[Mm]yself)(?![\p{L}\p{N}_-])/gu;
const PLURAL = /(?<![\p{L}\p{N}_'\u2019-])(?:[Ww]e|us|[Oo]ur|[Oo]urs|[Oo]urselves)(?![\p{L}\p{N}_-])/gu;

/**
 * The scene is told from the point of view the book asks for.
 * - `first`: the narrator says "I" outside dialogue, and more often than the POV character is named from outside.
 * - `third-limited`: nobody says "I" outside dialogue, quoted documents, emphasised or tagged thoughts; "we" is let
 *   through until it becomes the telling voice; the POV character is named, any part of the name counts.
 * - `third-omniscient`: a narrator's aside in the first person is allowed, a first-person story is not.
 * The pronouns are looked for in English only (`en`, `en-…`). In any other language just the name is checked, as a
 * beginning of a word, since names are inflected.
 */
export function checkPov(input: GateInput, reading: ProseReading): GateFinding[] {
  const { pov } = input.book;
  if (pov === 'first') return reading.isEnglish ? checkFirstPerson(input, reading) : [];
  const slips = reading.isEnglish ? checkThirdPerson(pov, reading) : [];
  return pov === 'third-limited' ? [...slips, ...checkNamed(input, reading)] : slips;
}

function checkThirdPerson(pov: 'third-limited' | 'third-omniscient', reading: ProseReading): GateFinding[] {
  const singular = sentencesWith(SINGULAR, reading);
  if (pov === 'third-limited' && singular.length > 0) {
    return singular.slice(0, MAX_SLIPS_QUOTED).map((sentence) => slip(sentence, reading));
  }
  const told = singular.length > 0 ? singular : sentencesWith(PLURAL, reading);
  const dominates = told.length >= FEWEST_SENTENCES && told.length >= narrated(reading).length * ASIDE_SHARE;
  return dominates ? told.slice(0, 1).map((sentence) => slip(sentence, reading)) : [];
}

function slip(sentence: Span, { text }: ProseReading): GateFinding {
  return {
    gate: 'pov',
    message: 'The narrator speaks in the first person in a scene told in the third.',
    quote: quoteOf(text, sentence.start, sentence.end),
  };
}

function checkFirstPerson({ scene }: GateInput, reading: ProseReading): GateFinding[] {
  const all = narrated(reading);
  if (all.length < FEWEST_SENTENCES) return [];
  const own = new Set([...sentencesWith(SINGULAR, reading), ...sentencesWith(PLURAL, reading)]);
  const parts = tellingParts(scene.pov);
  const outside = all.filter((sentence) => {
    const words = foldName(reading.narration.slice(sentence.start, sentence.end)).split(' ');
    return !own.has(sentence) && words.some((word) => parts.includes(word));
  });
  const witness = outside[0] ?? all.find((sentence) => !own.has(sentence)) ?? all[0]!;
  const finding = (message: string): GateFinding[] => [
    { gate: 'pov', message, quote: quoteOf(reading.text, witness.start, witness.end) },
  ];
  if (own.size === 0) return finding('Nothing outside dialogue is told in the first person.');
  if (own.size < all.length * FIRST_PERSON_SHARE || own.size < outside.length) {
    return finding('Most of the scene is told in the third person, where the first was asked for.');
  }
  return [];
}

function checkNamed({ scene }: GateInput, reading: ProseReading): GateFinding[] {
  const prose = ` ${withoutAccents(reading.folded)} `;
  const named = nameParts(scene.pov).some((part) => {
    if (reading.isEnglish) return prose.includes(` ${part} `) || prose.includes(` ${part}s `);
    const stem = part.length > 2 ? part.slice(0, -1) : part;
    return prose.includes(` ${stem}`) || (!/[a-z]/.test(stem) && prose.includes(stem));
  });
  if (named) return [];
  return [{ gate: 'pov', message: `${scene.pov}, from whose point of view it is told, is not named.`, quote: null }];
}

/** Sentences in which the narrator has a word to say, and not only the characters. */
function narrated(reading: ProseReading): Span[] {
  return reading.sentences.filter(({ start, end }) => /\p{L}/u.test(reading.narration.slice(start, end)));
}

function sentencesWith(pronoun: RegExp, reading: ProseReading): Span[] {
  const { narration } = reading;
  const found = new Set<Span>();
  for (const match of narration.matchAll(pronoun)) {
    const sentence = reading.sentenceAt(match.index);
    if (!sentence || found.has(sentence)) continue;
    const before = narration.slice(Math.max(sentence.start, match.index - 24), match.index);
    const after = narration.slice(match.index, match.index + 24);
    if (isNoPronoun(match[0], before, after)) continue;
    if (THOUGHT_TAG.test(tagsOf(narration.slice(sentence.start, sentence.end)))) continue;
    found.add(sentence);
  }
  return [...found];
}

/** "I thought" is a narrator's own; only somebody else's thinking makes a thought. */
function tagsOf(sentence: string): string {
  return sentence.replace(/\b(?:I|we)(?: had|'d|\u2019d)? \p{L}+(?: myself| ourselves)?/gu, '');
}

function isNoPronoun(word: string, before: string, after: string): boolean {
  if (word === 'I') {
    if (/^I\.\s/.test(after) && before.trim() === '') return true;
    // "Elizabeth I ruled": a capital right before, inside the sentence.
    return NUMBERED_BEFORE.test(before) || /\S\s+\p{Lu}[\p{L}]+\s$/u.test(before);
  }
  if (/^my$/i.test(word)) return MY_EXCLAMATION.test(after);
  return /^me$/i.test(word) && ME_EXCLAMATION.test(before);
}
