import type { IndexedEntry } from '../bible/bible-entry';
import type { Bible } from '../bible/bible';
import { personEntry } from '../bible/person-entry';
import { nameKey } from '../names/name-key';
import type { Filing } from './prepared-filing';

/**
 * What a scene tells, with its people under the names by which the registry of personas knows them, failing that the bible:
 * somebody who is told of under an alias is nobody else.
 */
export function withKnownPeople(filing: Filing, bible: Bible, entries: readonly IndexedEntry[]): Filing {
  const known = (name: string): string => {
    const entry = personEntry(entries, name);
    return bible.persona([nameKey(name), ...(entry?.keys ?? [])])?.name ?? entry?.name ?? name;
  };
  const ofPerson = <T extends { persona: string }>(told: T): T => ({ ...told, persona: known(told.persona) });
  const { reflection, drift } = filing;
  return {
    ...filing,
    pov: known(filing.pov),
    reflection: {
      ...reflection,
      memories: reflection.memories.map(ofPerson),
      ...(reflection.worldNotes && { worldNotes: reflection.worldNotes.map(ofPerson) }),
    },
    ...(drift && {
      drift: {
        ...drift,
        samples: drift.samples.map((sample) =>
          sample.persona === null ? sample : { ...sample, persona: known(sample.persona) },
        ),
      },
    }),
  };
}
