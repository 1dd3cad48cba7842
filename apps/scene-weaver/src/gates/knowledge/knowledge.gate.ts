import type { GateFinding } from '@fiction/contracts';
import { parseFact, plainSentence, type ParsedFact } from '../facts/claims';
import { CLAUSE_START, escapePattern, matches } from '../facts/clauses';
import { peopleOf, subjectOf, type People } from '../facts/subjects';
import type { GateInput, UnlearnedFact } from '../gate-input';
import type { Span } from '../reading/paragraphs';
import type { ProseReading } from '../reading/prose-reading';
import { quoteOf } from '../reading/quote';
import { HEDGE } from '../words/hedges.words';
import { affirms, CLAUSE_END } from './affirmation';
import { isLearned } from './learned';
import { speechesOf, type Speeches } from './own-speech';

const KNOWS =
  '(?:knew|know|knows|known|realised|realized|realises|realizes|realise|realize|remembered|remembers|remember|understood|understands|understand)';
const ADVERBS = '(?:(?:had|has|have|always|long|already|now|suddenly|of course|at last) )*';

/**
 * Sentences that tell what the point-of-view person has not learned: of the narration, where it keeps to that person
 * (`first`, `third-limited`), of their own thoughts, and of what they say. Made to be right when it speaks, not to find
 * everything. Of a fact "X is (not) Y" or "X has (no) Y" it catches, where X is called by name (or is "I"):
 * - the same words affirmed, the same number, colour, age or year, and a denied opposite;
 * - the same behind "she knew that" and before ", she thought".
 * A statement of any other shape is caught to the letter, as a whole clause.
 *
 * It is silent where the person may have learned it by then (`isLearned`), and about what a pronoun says, questions,
 * and sentences that hedge (`if`, `perhaps`, a rumour, a memory …): who guesses does not know. English only; an omniscient
 * narrator knows everything.
 */
export function checkKnowledge(input: GateInput, reading: ProseReading): GateFinding[] {
  if (input.notKnown.length === 0 || input.book.pov === 'third-omniscient' || !reading.isEnglish) return [];
  const people = peopleOf(input);
  const speeches = speechesOf(input, reading);
  const told = tellingsOf(speeches, reading);
  const found = input.notKnown.flatMap((fact) => {
    const says = sayingOf(fact, input, people);
    const telling = told.find(
      (sentence) => says(sentence) && !isLearned(fact, input, reading, speeches, sentence.start),
    );
    return telling === undefined ? [] : [{ fact, telling }];
  });
  return found
    .sort((a, b) => a.telling.start - b.telling.start)
    .map(({ fact, telling }) => ({
      gate: 'knowledge',
      message: `${input.scene.pov} has not learned this yet, and so can neither tell nor think it: "${fact.statement}"`,
      quote: quoteOf(reading.text, telling.start, telling.end),
    }));
}

/** A sentence told or said by the point-of-view person, with its plain words. */
interface Telling extends Span {
  plain: string;
  isOwn: boolean;
}

function tellingsOf({ own }: Speeches, reading: ProseReading): Telling[] {
  const { text, narration } = reading;
  const narrated = reading.sentences.map(({ start, end }) => {
    return { start, end, plain: spelledOut(plainSentence(narration.slice(start, end))), isOwn: false };
  });
  const spoken = own.flatMap((utterance) =>
    reading.sentences
      .filter(({ start, end }) => end > utterance.start && start < utterance.end)
      .map(({ start, end }) => {
        const from = Math.max(start, utterance.start);
        const said = text.slice(from, Math.min(end, utterance.end)).replace(/["\u201c\u201d\u00ab\u00bb*_]/g, ' ');
        // What is said may be inside single quotes, and end in the comma before its tag.
        const bare = said.trim().replace(/^['\u2018]|,?['\u2019]?$/g, '');
        return { start, end, plain: spelledOut(plainSentence(bare)), isOwn: true };
      }),
  );
  return [...narrated, ...spoken].sort((a, b) => a.start - b.start);
}

/** How a fact is recognised in a sentence. */
function sayingOf(fact: UnlearnedFact, input: GateInput, people: People): (sentence: Telling) => boolean {
  const parsed = parseFact(fact.statement);
  const literal = plainSentence(fact.statement).replace(/[.!\s]+$/, '');
  const { names, isPov } = spellingsOf(fact, parsed, input, people);
  const clue = parsed === null ? [literal] : names;
  const pov = people.get(plainSentence(input.scene.pov)) ?? [];
  const frames = { own: framesOf([...pov, 'he', 'she', 'i']), other: framesOf([...pov, 'he', 'she']) };
  const patterns = {
    own: [...names, ...(isPov ? ['i'] : [])].map(escapePattern).join('|'),
    other: names.map(escapePattern).join('|'),
  };
  return ({ plain, isOwn }) => {
    const voice = isOwn || input.book.pov === 'first' ? 'own' : 'other';
    if (!(isPov && voice === 'own') && !clue.some((name) => plain.includes(name))) return false;
    if (plain.endsWith('?')) return false;
    const bare = frames[voice].reduce((sentence, [frame, left]) => sentence.replace(frame, left), plain);
    if (parsed === null) {
      // The statement's own words may hedge ("Tobias lied").
      return (
        matches(bare, `${CLAUSE_START}${escapePattern(literal)}${CLAUSE_END}`) && !HEDGE.test(bare.replace(literal, ''))
      );
    }
    return !HEDGE.test(bare) && parsed.claims.some((claim) => affirms(bare, patterns[voice], claim));
  };
}

function spellingsOf(
  fact: UnlearnedFact,
  parsed: ParsedFact | null,
  { scene }: GateInput,
  people: People,
): { names: string[]; isPov: boolean } {
  if (parsed === null) return { names: [], isPov: false };
  const { names, isPerson } = subjectOf(fact, parsed, people);
  return { names, isPov: isPerson && names.includes(plainSentence(scene.pov)) };
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
