import type { GateInput, LockedFact } from '../gate-input';
import { tellingParts } from '../names/name-parts';
import type { Span } from '../reading/paragraphs';
import type { ProseReading } from '../reading/prose-reading';
import { plainSentence, type ParsedFact } from './claims';

/** The scene's people, by plain name, with those parts of the name that nobody else bears. */
export type People = ReadonlyMap<string, string[]>;

export function peopleOf({ scene, knownNames }: Pick<GateInput, 'scene' | 'knownNames'>): People {
  const names = [...new Set([scene.pov, ...scene.cast].map(plainSentence))];
  const known = knownNames.map((name) => name.toLowerCase());
  return new Map(
    names.map((name) => {
      const others = [...names, ...known].filter((other) => other !== name);
      return [name, tellingParts(name).filter((part) => !others.some((other) => other.includes(part)))] as const;
    }),
  );
}

/** The subject of a fact, in lower case: whatever the prose may call it without meaning anyone else. */
export function subjectOf(
  { entry }: Pick<LockedFact, 'entry'>,
  { subject }: ParsedFact,
  people: People,
): { names: string[]; isPerson: boolean } {
  const name = plainSentence(entry).replace(/^the /, '');
  const full = subject ?? name;
  // A part that others bear ("Quill" of the Quills) means nobody in particular.
  const own = full === name || name.split(' ').includes(full) ? people.get(name) : undefined;
  return own ? { names: [...new Set([name, full, ...own])], isPerson: true } : { names: [full], isPerson: false };
}

/** Sentences whose narration has one of these names in it, in lower case; speech does not count. */
export function sentencesNaming(names: readonly string[], reading: ProseReading): Set<Span> {
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
