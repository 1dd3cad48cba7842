import type { StoryPoint, WorldEntryView, WorldFactView } from '@fiction/contracts';
import { MAX_INT } from '@fiction/contracts';
import type { Lineage } from '@fiction/runtime';
import { Injectable } from '@nestjs/common';
import type { IndexedEntry } from '../bible/bible-entry';
import type { EntryLocks } from '../telling/entry-locks';
import { readLocks, shownSource, type Queries, type VersionRow, type WholeEntry } from '../telling/entry-reader';
import { factIdOf } from '../telling/fact-id';
import { comparePoints, holdsAt, placeOf } from '../bible/story-time';
import { changesByOwner } from '../deltas/delta';
import { PastDeltasRepository } from '../deltas/past-deltas.repository';
import { tellFacts, tellNames, type ToldFact } from '../deltas/tell-deltas';
import type { Viewpoint } from '../context/viewpoint';

/** Facts that scenes have begun, of one name; a person sees many more than a prompt carries. */
const BEGUN_PER_KEY = 200;

export interface Beholder {
  planId: string;
  lineage: Lineage;
  /** The scene that finds the world so; undefined: after all that was written. */
  at: StoryPoint | undefined;
}

/**
 * Entries as people see them: everything that was filed, whoever may see it in a prompt, and all that scenes before have
 * changed, whatever the continuity.
 */
@Injectable()
export class EntryViews {
  constructor(private readonly deltas: PastDeltasRepository) {}

  async of(from: Queries, whole: readonly WholeEntry[], { planId, lineage, at }: Beholder): Promise<WorldEntryView[]> {
    if (whole.length === 0) return [];
    const viewpoint: Viewpoint = { planId, lineage, continuity: 'strict', ...placeOf(at ?? `${MAX_INT}.0`) };
    const names = await this.deltas.names(viewpoint, from);
    const locks = await readLocks(from, planId, lineage);
    const named = changesByOwner(
      whole.map(({ entry }) => entry),
      names,
    );
    const entries = whole.map(({ entry }) => tellNames(entry, named.get(entry) ?? []));
    const keys = [...new Set(entries.flatMap((entry) => entry.keys))];
    const begun = await this.deltas.begins(viewpoint, keys, BEGUN_PER_KEY, from);
    const statements = [...begun, ...entries.flatMap((entry) => entry.facts)].map((fact) => fact.statement);
    const ended = await this.deltas.ends(viewpoint, keys, [...new Set(statements.map(factIdOf))], from);
    const changes = changesByOwner(entries, [...begun, ...ended]);
    return entries.map((entry, index) => {
      const facts = tellFacts(entry, changes.get(entry) ?? []);
      const seen = at === undefined ? facts : facts.filter((fact) => holdsAt(fact, at));
      return viewOf(entry, seen, whole[index]!.versions, locks);
    });
  }
}

function viewOf(
  entry: IndexedEntry,
  facts: readonly ToldFact[],
  versions: readonly VersionRow[],
  locks: EntryLocks,
): WorldEntryView {
  const newest = versions.at(-1)!;
  const { id, name, type, aliases, summary, relations, version } = entry;
  return {
    ...{ id, name, type, aliases, summary, relations, version },
    facts: facts
      .map((fact) => factView(fact, entry, versions, locks))
      .sort(
        (a, b) =>
          Number(a.source === 'reflection') - Number(b.source === 'reflection') || comparePoints(a.from, b.from),
      ),
    locked: locks.isEntryLocked(entry),
    source: shownSource(newest),
    createdAt: newest.created_at.toISOString(),
  };
}

function factView(
  { statement, from, until, sceneId }: ToldFact,
  entry: IndexedEntry,
  versions: readonly VersionRow[],
  locks: EntryLocks,
): WorldFactView {
  const id = factIdOf(statement);
  const first = versions.find((version) => version.facts.some((fact) => factIdOf(fact.statement) === id));
  return {
    ...{ id, statement, from, until, sceneId },
    locked: locks.isFactLocked(entry, id),
    source: sceneId === null ? (first === undefined ? 'world' : shownSource(first)) : 'reflection',
  };
}
