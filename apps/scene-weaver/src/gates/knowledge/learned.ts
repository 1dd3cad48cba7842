import type { GateInput, UnlearnedFact } from '../gate-input';
import { nameParts } from '../names/name-parts';
import { foldText } from '../reading/fold';
import type { ProseReading } from '../reading/prose-reading';
import type { Speeches } from './own-speech';

/** How a sentence of the narration shows that somebody is told something, or finds it out. */
const LEARNING =
  /\b(?:told|tells?|said|says?|confess\w*|admit\w*|reveal\w*|explain\w*|whisper\w*|wr[io]te|writes|written|read|reads|heard|hears?|learned|learnt|learns?|f(?:ou|i)nds?|discover\w*|saw|sees?|seen|show(?:n|s|ed)?|letters?|notes?|proofs?|evidence)\b/i;

/** Words that tell one statement from another in nothing. */
const EMPTY = new Set(
  'a an the is was are were be been has had have not no never of in on at to for and or by with from it he she they his her their its that this'.split(
    ' ',
  ),
);

/**
 * Whether the scene is where the fact is learned, before `at`: its design speaks of it, somebody else says it, or the
 * narration tells how it comes out. Asks for the fact's words and not for a sense, and so rather too often says yes.
 */
export function isLearned(
  fact: UnlearnedFact,
  { scene }: Pick<GateInput, 'scene'>,
  reading: ProseReading,
  { others }: Speeches,
  at: number,
): boolean {
  const subject = nameParts(fact.entry);
  const isPov = foldText(fact.entry) === foldText(scene.pov);
  const words = wordsOf(fact.statement).filter((word) => !EMPTY.has(word) && !subject.includes(word));
  const speaksOfIt = (text: string): boolean => {
    const said = new Set(wordsOf(text));
    return words.every((word) => said.has(word));
  };
  const names = (text: string): boolean => isPov || wordsOf(text).some((word) => subject.includes(word));
  const design = [scene.goal, scene.conflict, scene.outcome, ...scene.beats.map((beat) => beat.text)];
  if (design.some((text) => speaksOfIt(text) && names(text))) return true;

  const { text, paragraphs } = reading;
  const isTold = paragraphs.some((paragraph, index) => {
    if (paragraph.start >= at) return false;
    const said = others.filter(({ start, end }) => start >= paragraph.start && start < paragraph.end && end <= at);
    if (said.length === 0 || !speaksOfIt(said.map(({ start, end }) => text.slice(start, end)).join(' '))) return false;
    // Who is meant may have been named a line before, or be named in the next.
    const near = paragraphs.slice(Math.max(0, index - 2), index + 2);
    return names(near.map(({ start, end }) => text.slice(start, end)).join(' '));
  });
  if (isTold) return true;
  return reading.sentences.some(({ start, end }) => {
    if (start >= at) return false;
    const sentence = text.slice(start, end);
    return LEARNING.test(sentence) && speaksOfIt(sentence) && names(sentence);
  });
}

const wordsOf = (text: string): string[] =>
  foldText(text)
    .split(' ')
    .filter((word) => word !== '');
