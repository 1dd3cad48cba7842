import type { GateFinding } from '@fiction/contracts';
import { parseFact, plainSentence, type Claim } from '../facts/claims';
import { CLAUSE_START, escapePattern, matches } from '../facts/clauses';
import { peopleOf, subjectOf, type People } from '../facts/subjects';
import type { GateInput, UnlearnedFact } from '../gate-input';
import type { ProseReading } from '../reading/prose-reading';
import { quoteOf } from '../reading/quote';
import { HEDGE } from '../words/hedges.words';
import { affirms, CLAUSE_END } from './affirmation';
import { isLearned } from './learned';
import { speechesOf } from './own-speech';
import { tellingsOf, type Telling } from './tellings';

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
  const tellings = tellingsOf(input, people.get(plainSentence(input.scene.pov)) ?? [], speeches, reading);
  // Nearly all facts are about what the scene has no word of.
  const told = tellings.map(({ plain }) => plain).join('\n');
  const found = input.notKnown.flatMap((fact) => {
    const says = sayingOf(fact, input, people, told);
    const telling = tellings.find((one) => says(one) && !isLearned(fact, input, reading, speeches, one.start));
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

const NEVER = (): boolean => false;

/**
 * How a fact is recognised in a sentence.
 * @param told everything that is told, in plain words
 */
function sayingOf(
  fact: UnlearnedFact,
  { scene }: GateInput,
  people: People,
  told: string,
): (sentence: Telling) => boolean {
  const parsed = parseFact(fact.statement);
  if (parsed === null) return sayingToTheLetter(plainSentence(fact.statement).replace(/[.!\s]+$/, ''), told);
  const { names, isPerson } = subjectOf(fact, parsed, people);
  const isPov = isPerson && names.includes(plainSentence(scene.pov));
  if (!isPov && !names.some((name) => told.includes(name))) return NEVER;
  const claims = parsed.claims.filter((claim) => mayBeSaid(claim, told) && !(isPov && isWhereabouts(claim)));
  if (claims.length === 0) return NEVER;
  const named = names.map(escapePattern).join('|');
  return ({ plain, saysI, hedges }) =>
    !hedges && claims.some((claim) => affirms(plain, isPov && saysI ? `${named}|i` : named, claim));
}

/** The statement's own words may hedge ("Tobias lied"), so they are left out when the sentence is asked whether it does. */
function sayingToTheLetter(statement: string, told: string): (sentence: Telling) => boolean {
  if (statement === '' || !told.includes(statement)) return NEVER;
  const clause = `${CLAUSE_START}${escapePattern(statement)}${CLAUSE_END}`;
  return ({ plain }) =>
    plain.includes(statement) && matches(plain, clause) && !HEDGE.test(plain.replace(statement, ''));
}

/** Everybody knows where they are. */
function isWhereabouts(claim: Claim): boolean {
  return (
    claim.kind === 'being' && /^(?:in|at|on|by|near|with|under|over|inside|outside|here|there)\b/.test(claim.predicate)
  );
}

/** Whether a text has the words of a claim at all. What has opposites, numbers or colours is said in other words too. */
function mayBeSaid(claim: Claim, told: string): boolean {
  if (claim.kind === 'having') return told.includes(claim.possession);
  return claim.kind !== 'being' || claim.negated || claim.predicate === 'dead' || told.includes(claim.predicate);
}
