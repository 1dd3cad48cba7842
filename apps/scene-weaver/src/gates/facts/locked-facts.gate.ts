import type { Contradiction, GateFinding } from '@fiction/contracts';
import type { GateInput, LockedFact } from '../gate-input';
import { foldText } from '../reading/fold';
import type { Span } from '../reading/paragraphs';
import type { ProseReading } from '../reading/prose-reading';
import { quoteOf } from '../reading/quote';
import { HEDGE } from '../words/hedges.words';
import { parseFact, plainSentence } from './claims';
import { escapePattern } from './clauses';
import { denies } from './contradiction';
import { peopleOf, sentencesNaming, subjectOf, type People } from './subjects';

/**
 * Sentences of the narration that say the opposite of a locked fact. Made to be right when it speaks, not to find
 * everything. Of a fact "X is/was (not) Y" or "X has/had (no) Y" it catches, where X is called by name:
 * - the same words denied, or affirmed: "Ada was not the keeper.", "Ada had no brother.";
 * - the other word of a pair that excludes it (`antonyms.words`): "Ada was dead." for "Ada is alive";
 * - another colour, number, age or four-digit year for the same thing: "Ada's blue eyes", "The tower had five bells.".
 * And it catches any phrase of `forbids`, whoever says it.
 *
 * It does not catch what a pronoun says ("She was dead."), what follows from events ("They buried Ada."), facts of any
 * other shape (put `forbids` to them), or dialogue, since characters lie. A sentence that hedges in any way (`if`,
 * `seemed`, `once`, a memory, a portrait, a question …) contradicts nothing. The shapes are looked for in English only;
 * `forbids` in every language. What the writer has waived is told as waived, and refuses nothing.
 */
export function checkLockedFacts(input: GateInput, reading: ProseReading): GateFinding[] {
  return contradictionsIn(input, reading).map(({ entry, statement, quote, waived }) => ({
    gate: 'locked-facts',
    message: `The prose contradicts a locked fact about ${entry}: "${statement}"`,
    quote: quote || null,
    ...(waived && { waived }),
  }));
}

/** Each locked fact that the prose contradicts, in the order of the prose. */
export function contradictionsIn(
  input: Omit<GateInput, 'prose'>,
  reading: ProseReading,
): (Contradiction & { waived: boolean })[] {
  if (input.lockedFacts.length === 0) return [];
  const people = peopleOf(input);
  const found = input.lockedFacts.flatMap((fact) => {
    const evidence = forbidden(fact, reading) ?? (reading.isEnglish ? contradiction(fact, people, reading) : null);
    if (!evidence) return [];
    return [{ evidence, fact }];
  });
  return found
    .sort((a, b) => a.evidence.start - b.evidence.start)
    .map(({ evidence: { start, end }, fact: { entry, statement, waived = false } }) => {
      return { entry, statement, quote: quoteOf(reading.text, start, end) ?? '', waived };
    });
}

function forbidden({ forbids = [] }: LockedFact, reading: ProseReading): Span | null {
  const phrases = forbids.map(foldText).filter((phrase) => phrase !== '' && isIn(reading.folded, phrase));
  if (phrases.length === 0) return null;
  const sayIt = ({ start, end }: Span): boolean =>
    phrases.some((phrase) => isIn(foldText(reading.text.slice(start, end)), phrase));
  // A phrase that runs over the end of a sentence is in no sentence; its paragraph has it.
  return reading.sentences.find(sayIt) ?? reading.paragraphs.find(sayIt) ?? { start: 0, end: reading.text.length };
}

function isIn(folded: string, phrase: string): boolean {
  return ` ${folded} `.includes(` ${phrase} `);
}

function contradiction(fact: LockedFact, people: People, reading: ProseReading): Span | null {
  const parsed = parseFact(fact.statement);
  if (!parsed) return null;
  const { names, isPerson } = subjectOf(fact, parsed, people);
  const pattern = names.map(escapePattern).join('|');
  // A person who is red or green is ashamed or sick.
  const claims = parsed.claims.filter((claim) => !isPerson || claim.kind !== 'colour' || claim.part !== null);
  for (const sentence of sentencesNaming(names, reading)) {
    const plain = plainSentence(reading.narration.slice(sentence.start, sentence.end));
    if (plain.endsWith('?') || HEDGE.test(plain)) continue;
    if (claims.some((claim) => denies(plain, pattern, claim))) return sentence;
  }
  return null;
}
