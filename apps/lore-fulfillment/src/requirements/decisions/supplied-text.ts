import type { WorldEntryDraft } from '@fiction/contracts';

/** As many as an entry may have. */
const MOST_FACTS = 12;
const MOST_STATEMENT = 300;

/**
 * A person's text as an entry, always the same for the same text: it is the summary as it stands, and its sentences are
 * the facts. No model has a hand in it.
 * @param from the story time from which the facts hold
 */
export function entryOfText(name: string, text: string, from: string): WorldEntryDraft {
  const facts = sentencesOf(text).map((statement) => ({ statement, from, until: null }));
  return { name, aliases: [], summary: text.trim(), facts: facts.slice(0, MOST_FACTS), relations: [] };
}

/** A line end is a space; an empty line ends a paragraph, and with it the sentence. */
function sentencesOf(text: string): string[] {
  const paragraphs = text.split(/\n\s*\n/u).map((paragraph) => paragraph.replaceAll(/\s+/gu, ' '));
  // The rules for the end of a sentence are the same for every language here; the locale only has to be a fixed one.
  const segmenter = new Intl.Segmenter('en', { granularity: 'sentence' });
  return paragraphs
    .flatMap((paragraph) => [...segmenter.segment(paragraph)])
    .map(({ segment }) => clip(segment.trim()))
    .filter((sentence) => sentence !== '');
}

/** A sentence too long for a fact ends after a whole word. */
function clip(sentence: string): string {
  if (sentence.length <= MOST_STATEMENT) return sentence;
  const head = sentence.slice(0, MOST_STATEMENT - 2).replace(/[\uD800-\uDBFF]$/u, '');
  const words = head.replace(/\s+\S*$/u, '');
  return `${words === '' ? head : words} …`;
}
