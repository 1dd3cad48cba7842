import { missingMentions } from '../gates/beats.gate';
import type { GateInput } from '../gates/gate-input';
import { checkPov } from '../gates/pov.gate';
import { countWords } from '../gates/reading/count-words';
import { ProseReading } from '../gates/reading/prose-reading';
import { countSyllables } from './syllables';

/** Numbers about one version of a scene's prose. They describe; the gates decide. Shares are 0–1. */
export interface StoryMetrics {
  /** Words as Unicode counts them (`countWords`). */
  words: number;
  /** Sentences; headings and scene breaks are none. */
  sentences: number;
  /** Paragraphs; headings and scene breaks are none. */
  paragraphs: number;
  /** Words per sentence, one decimal; 0 without sentences. */
  meanSentenceWords: number;
  /** Share of the words that stand in dialogue or a quoted document, three decimals. */
  dialogueShare: number;
  /** Different words over all words, case aside, three decimals. Falls with length: compare scenes of like length. */
  typeTokenRatio: number;
  /** Flesch reading ease, one decimal: about 0 (hard) to 100 (easy), unbounded. Null unless English, or without words. */
  readability: number | null;
  /** Beats of which every mention is on the page. */
  beatsCovered: number;
  /** Beats the scene was to have. */
  beats: number;
  /** Whether the point-of-view gate finds nothing. */
  povOk: boolean;
}

/** Measures a scene's prose; the same input gives the same numbers on every machine. Never throws. */
export function storyMetrics(
  prose: string,
  input: Omit<GateInput, 'prose'>,
  reading: ProseReading = new ProseReading(prose, input.book.language),
): StoryMetrics {
  const { wordCount: words, sentences } = reading;
  const forms = wordForms(prose);
  return {
    words,
    sentences: sentences.length,
    paragraphs: reading.paragraphs.filter(({ kind }) => kind === 'prose' || kind === 'quoted').length,
    meanSentenceWords: sentences.length === 0 ? 0 : round(words / sentences.length, 1),
    dialogueShare: words === 0 ? 0 : round(Math.min(1, spokenWords(reading) / words), 3),
    typeTokenRatio: forms.length === 0 ? 0 : round(new Set(forms).size / forms.length, 3),
    readability: reading.isEnglish ? fleschReadingEase(forms, sentences.length) : null,
    beatsCovered: input.scene.beats.filter((beat) => missingMentions(beat, reading).length === 0).length,
    beats: input.scene.beats.length,
    povOk: checkPov({ ...input, prose }, reading).length === 0,
  };
}

function wordForms(prose: string): string[] {
  return (
    prose
      .toLowerCase()
      .replaceAll('\u2019', "'")
      .match(/[\p{L}\p{M}\p{N}]+(?:'[\p{L}\p{M}\p{N}]+)*/gu) ?? []
  );
}

function spokenWords({ text, language, utterances }: ProseReading): number {
  const spoken = utterances.filter(({ kind }) => kind === 'speech').map(({ start, end }) => text.slice(start, end));
  return countWords(spoken.join(' '), language);
}

/** R. Flesch, "A new readability yardstick", Journal of Applied Psychology 32 (1948). */
function fleschReadingEase(forms: readonly string[], sentences: number): number | null {
  if (forms.length === 0 || sentences === 0) return null;
  const known = new Map<string, number>();
  let syllables = 0;
  for (const form of forms) {
    const count = known.get(form) ?? countSyllables(form);
    known.set(form, count);
    syllables += count;
  }
  return round(206.835 - 1.015 * (forms.length / sentences) - 84.6 * (syllables / forms.length), 1);
}

function round(value: number, decimals: number): number {
  const factor = 10 ** decimals;
  return Math.round(value * factor) / factor;
}
