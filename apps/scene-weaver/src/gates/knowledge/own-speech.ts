import type { GateInput } from '../gate-input';
import { tellingParts } from '../names/name-parts';
import type { Paragraph } from '../reading/paragraphs';
import type { ProseReading } from '../reading/prose-reading';
import type { Utterance } from '../reading/speech';
import { THOUGHT_TAG } from '../words/thoughts.words';

const VERBS =
  '(?:said|says|asked|asks|replied|replies|answered|answers|whispered|whispers|murmured|murmurs|muttered|mutters|cried|cries|called|calls|shouted|shouts|added|adds|snapped|snaps|told|tells|went on|goes on|continued|continues|began|begins|agreed|agrees|repeated|repeats)';
const SPEAKER =
  "(?:[\\p{Lu}][\\p{L}\\p{M}'\u2019-]*|he|she|they|it|we|somebody|someone|nobody|one|the (?:\\p{Ll}+ )?\\p{Ll}+)";
const SPEAKS = new RegExp(`(?<![\\p{L}])(${SPEAKER})(?: had| has| only| then| just)? ${VERBS}(?![\\p{L}])`, 'gu');
/** Inverted only right behind what is said: in "he asked Ada" it is not Ada who asks. */
const SPOKEN_BY = new RegExp(
  `"[,.]? ?${VERBS} (?:(?:Mr|Mrs|Miss|Ms|Dr|Captain|Doctor|Lady|Lord|Sir)\\.? )?(${SPEAKER})`,
  'gu',
);

/** How long a gesture may be that tells by itself who speaks behind it. */
const MOST_WORDS_OF_A_GESTURE = 12;
const SOMEBODY_ELSE = new RegExp(
  `\\b(?:he|him|she|they|them|somebody|someone|voices?|hear[ds]?|listen\\w*|${VERBS.slice(3, -1)})\\b`,
  'i',
);

export interface Speeches {
  /** What the point-of-view person says or thinks aloud. */
  own: Utterance[];
  /** What anybody else says, or nobody can tell who; letters and signs among them. */
  others: Utterance[];
}

/**
 * Whose every utterance is. A paragraph is the point-of-view person's when all that is said in it is said to be theirs,
 * or when it has nothing beside the words but a short gesture of theirs. What `*…*` sets apart is theirs where it is said to be thought.
 */
export function speechesOf({ scene, book }: Pick<GateInput, 'scene' | 'book'>, reading: ProseReading): Speeches {
  const names = new Set(tellingParts(scene.pov));
  if (book.pov === 'first') names.add('i');
  const speeches: Speeches = { own: [], others: [] };
  for (const paragraph of reading.paragraphs) {
    const said = reading.utterances.filter(({ start }) => start >= paragraph.start && start < paragraph.end);
    if (said.length === 0) continue;
    const isOwn = paragraph.kind === 'prose' && speaksOf(paragraph, reading, names);
    for (const utterance of said) {
      const own = utterance.kind === 'emphasis' ? isThought(utterance, reading) : isOwn;
      speeches[own ? 'own' : 'others'].push(utterance);
    }
  }
  return speeches;
}

function speaksOf(paragraph: Paragraph, { narration }: ProseReading, names: ReadonlySet<string>): boolean {
  const told = narration.slice(paragraph.start, paragraph.end).replace(/"+/g, '"').replace(/\s+/g, ' ');
  const speakers = [SPEAKS, SPOKEN_BY].flatMap((tag) => [...told.matchAll(tag)].map(([, speaker]) => speaker!));
  const isPov = (word: string): boolean => names.has(word.toLowerCase());
  if (speakers.length > 0) return speakers.every(isPov);
  const words = told.match(/[\p{L}\p{M}'\u2019-]+/gu) ?? [];
  // "Ada turned. …": nobody else is in sight.
  if (words.length > MOST_WORDS_OF_A_GESTURE || !isPov(words[0] ?? '') || SOMEBODY_ELSE.test(told)) return false;
  return words.every((word) => isPov(word) || word[0] === word[0]!.toLowerCase());
}

function isThought({ start }: Utterance, reading: ProseReading): boolean {
  const sentence = reading.sentenceAt(start);
  return sentence !== null && THOUGHT_TAG.test(reading.narration.slice(sentence.start, sentence.end));
}
