import type { GateFinding } from '@fiction/contracts';
import type { GateInput } from './gate-input';
import { countWords } from './reading/count-words';
import { foldText } from './reading/fold';
import type { Span } from './reading/paragraphs';
import type { ProseReading } from './reading/prose-reading';
import { quoteOf } from './reading/quote';

/** Words from which a paragraph must not come twice; shorter ones ("He waited.") may be a refrain. */
export const REPEATED_PARAGRAPH_WORDS = 8;
/** Words from which a sentence must not come `REPEATED_SENTENCE_TIMES`. */
export const REPEATED_SENTENCE_WORDS = 12;
export const REPEATED_SENTENCE_TIMES = 3;

/**
 * No paragraph comes twice, no long sentence three times, and no paragraph is copied from the passages beside the
 * scene. Case, punctuation and spacing make no difference; a changed word does.
 */
export function checkRepetition({ otherPassages = [] }: GateInput, reading: ProseReading): GateFinding[] {
  const sentences = reading.sentences.map((span, index) => ({ span, folded: reading.foldedSentences[index]! }));
  const paragraphs = foldedParagraphs(sentences, reading);
  const others = otherPassages.map((passage) => ` ${foldText(passage)} `);
  const twice = repeated(paragraphs, REPEATED_PARAGRAPH_WORDS, 2, reading);
  const thrice = repeated(sentences, REPEATED_SENTENCE_WORDS, REPEATED_SENTENCE_TIMES, reading);
  const inRepeatedParagraph = (sentence: Passage): boolean =>
    twice.some((paragraph) => paragraph.folded.includes(sentence.folded));
  const copied = paragraphs.filter((paragraph) => isCopied(paragraph, others, reading));
  return [
    ...twice.map((passage) => finding('This paragraph repeats an earlier one.', passage, reading)),
    ...thrice
      .filter((sentence) => !inRepeatedParagraph(sentence))
      .map((passage) => finding(`This sentence comes ${REPEATED_SENTENCE_TIMES} times or more.`, passage, reading)),
    ...copied.map((passage) =>
      finding('This paragraph is copied from the passage before the scene.', passage, reading),
    ),
  ];
}

interface Passage {
  span: Span;
  folded: string;
}

/** Paragraphs are folded as their sentences joined, which spares folding the prose once more. */
function foldedParagraphs(sentences: readonly Passage[], reading: ProseReading): Passage[] {
  let index = 0;
  return reading.paragraphs
    .filter(({ kind }) => kind === 'prose' || kind === 'quoted')
    .map((span) => {
      let folded = '';
      for (; index < sentences.length && sentences[index]!.span.start < span.end; index++) {
        folded += (folded === '' ? '' : ' ') + sentences[index]!.folded;
      }
      return { span, folded };
    });
}

function finding(message: string, { span }: Passage, { text }: ProseReading): GateFinding {
  return { gate: 'repetition', message, quote: quoteOf(text, span.start, span.end) };
}

/** The passages that come for the `times`th time, each text once. */
function repeated(
  passages: readonly Passage[],
  minWords: number,
  times: number,
  { language }: ProseReading,
): Passage[] {
  const seen = new Map<string, number>();
  return passages.filter(({ folded }) => {
    const count = (seen.get(folded) ?? 0) + 1;
    seen.set(folded, count);
    return count === times && countWords(folded, language) >= minWords;
  });
}

function isCopied({ folded }: Passage, others: readonly string[], { language }: ProseReading): boolean {
  return (
    others.some((other) => other.includes(` ${folded} `)) && countWords(folded, language) >= REPEATED_PARAGRAPH_WORDS
  );
}
