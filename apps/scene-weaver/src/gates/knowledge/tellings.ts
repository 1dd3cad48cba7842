import type { GateInput } from '../gate-input';
import { plainSentence } from '../facts/claims';
import { CLAUSE_START, escapePattern } from '../facts/clauses';
import type { Span } from '../reading/paragraphs';
import type { ProseReading } from '../reading/prose-reading';
import { HEDGE } from '../words/hedges.words';
import type { Speeches } from './own-speech';

const KNOWS =
  '(?:knew|know|knows|known|realised|realized|realises|realizes|realise|realize|remembered|remembers|remember|understood|understands|understand)';
const ADVERBS = '(?:(?:had|has|have|always|long|already|now|suddenly|of course|at last) )*';

/** A sentence told, thought or said by the point-of-view person, and no question. */
export interface Telling extends Span {
  /** What it says, in plain words (`plainSentence`), without "she knew that". */
  plain: string;
  /** Whether "I" in it is the point-of-view person. */
  saysI: boolean;
  /** Whether what it says may not be so. */
  hedges: boolean;
}

/** What the point-of-view person tells, in the order of the prose. */
export function tellingsOf(
  { book }: Pick<GateInput, 'book'>,
  povNames: readonly string[],
  { own }: Speeches,
  reading: ProseReading,
): Telling[] {
  const { text, narration } = reading;
  const isFirst = book.pov === 'first';
  const frames = { own: framesOf([...povNames, 'he', 'she', 'i']), other: framesOf([...povNames, 'he', 'she']) };
  const telling = ({ start, end }: Span, said: string, saysI: boolean): Telling[] => {
    const sentence = spelledOut(plainSentence(said));
    if (sentence.endsWith('?')) return [];
    const plain = frames[saysI ? 'own' : 'other'].reduce(
      (sofar, [frame, left]) => sofar.replace(frame, left),
      sentence,
    );
    return [{ start, end, plain, saysI, hedges: HEDGE.test(plain) }];
  };
  const narrated = reading.sentences.flatMap((sentence) =>
    telling(sentence, narration.slice(sentence.start, sentence.end), isFirst),
  );
  const spoken = own.flatMap((utterance) =>
    reading.sentences
      .filter(({ start, end }) => end > utterance.start && start < utterance.end)
      .flatMap((sentence) => {
        const [from, to] = [Math.max(sentence.start, utterance.start), Math.min(sentence.end, utterance.end)];
        const said = text.slice(from, to).replace(/["\u201c\u201d\u00ab\u00bb*_]/g, ' ');
        // What is said may be inside single quotes, and end in the comma before its tag.
        return telling(sentence, said.trim().replace(/^['\u2018]|,?['\u2019]?$/g, ''), true);
      }),
  );
  return [...narrated, ...spoken].sort((a, b) => a.start - b.start);
}

/** What says that somebody knows or thinks it, and what is left of that: "She knew that he was dead." is "he was dead." */
function framesOf(knowers: readonly string[]): [RegExp, string][] {
  const who = `(?:${knowers.map(escapePattern).join('|')})`;
  return [
    [new RegExp(`(${CLAUSE_START})${who} ${ADVERBS}${KNOWS} (?:that )?`, 'gu'), '$1'],
    [new RegExp(`,? ${who} (?:had )?(?:thought|thinks|think|knew|knows|know)(?= *(?:$|[.!]))`, 'gu'), ''],
  ];
}

/** A narrator's and a speaker's short forms of being and having, written out. */
function spelledOut(plain: string): string {
  return plain.replace(/\bi'm\b/g, 'i am').replace(/\bi've\b/g, 'i have');
}
