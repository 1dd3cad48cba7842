import type { GateFinding } from '@fiction/contracts';
import { parseFact, plainSentence, type ParsedFact } from './claims';
import { denies, escapePattern } from './contradiction';
import type { GateInput, LockedFact } from '../gate-input';
import { tellingParts } from '../names/name-parts';
import { foldText } from '../reading/fold';
import type { Span } from '../reading/paragraphs';
import type { ProseReading } from '../reading/prose-reading';
import { quoteOf } from '../reading/quote';
import { HEDGE } from '../words/hedges.words';

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
 * `forbids` in every language.
 */
export function checkLockedFacts(input: GateInput, reading: ProseReading): GateFinding[] {
  const findings: (GateFinding & { at: number })[] = [];
  const people = peopleOf(input);
  for (const fact of input.lockedFacts) {
    const evidence = forbidden(fact, reading) ?? (reading.isEnglish ? contradiction(fact, people, reading) : null);
    if (!evidence) continue;
    const quote = quoteOf(reading.text, evidence.start, evidence.end);
    const message = `The prose contradicts a locked fact about ${fact.entry}: "${fact.statement}"`;
    findings.push({ gate: 'locked-facts', message, quote, at: evidence.start });
  }
  return findings.sort((a, b) => a.at - b.at).map(({ gate, message, quote }) => ({ gate, message, quote }));
}

/** The scene's people, by plain name, with those parts of the name that nobody else bears. */
type People = ReadonlyMap<string, string[]>;

function peopleOf({ scene, knownNames, lockedFacts }: GateInput): People {
  if (lockedFacts.length === 0) return new Map();
  const names = [...new Set([scene.pov, ...scene.cast].map(plainSentence))];
  const known = knownNames.map((name) => name.toLowerCase());
  return new Map(
    names.map((name) => {
      const others = [...names, ...known].filter((other) => other !== name);
      return [name, tellingParts(name).filter((part) => !others.some((other) => other.includes(part)))] as const;
    }),
  );
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

/** The subject of a fact, in lower case: whatever the prose may call it without meaning anyone else. */
function subjectOf(
  { entry }: LockedFact,
  { subject }: ParsedFact,
  people: People,
): { names: string[]; isPerson: boolean } {
  const name = plainSentence(entry).replace(/^the /, '');
  const full = subject ?? name;
  // A part that others bear ("Quill" of the Quills) means nobody in particular.
  const own = full === name || name.split(' ').includes(full) ? people.get(name) : undefined;
  return own ? { names: [...new Set([name, full, ...own])], isPerson: true } : { names: [full], isPerson: false };
}

function sentencesNaming(names: readonly string[], reading: ProseReading): Set<Span> {
  const narration = reading.lowerNarration;
  const found = new Set<Span>();
  for (const name of names) {
    if (name === '') continue;
    for (let at = narration.indexOf(name); at >= 0; at = narration.indexOf(name, at + name.length)) {
      const sentence = reading.sentenceAt(at);
      if (sentence) found.add(sentence);
    }
  }
  return found;
}
