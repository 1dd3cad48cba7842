import type { ReplyOf, RequestOf, readSceneContext, StoryPoint, WorldFact } from '@fiction/contracts';
import { ForkedBranches } from '@fiction/runtime';
import { Injectable } from '@nestjs/common';
import { BibleShelf } from '../bible/bible.shelf';
import { byName, type IndexedEntry } from '../bible/bible-entry';
import { personEntry } from '../bible/person-entry';
import { comparePoints, holdsAt, storyPoint } from '../bible/story-time';
import { findRelevant } from '../entries/relevance';
import { nameKey } from '../names/name-key';
import { fitBudget, type Candidate } from './fit-budget';
import { notKnown } from './not-known';
import { OwedRepository } from './owed.repository';
import { PastRepository, type PastChange } from './past.repository';

type Question = RequestOf<typeof readSceneContext>;
type Answer = ReplyOf<typeof readSceneContext>;

/** Chooses what a scene may rely on. The answer depends on the question and on what surely came before, on nothing else. */
@Injectable()
export class SceneContextService {
  constructor(
    private readonly shelf: BibleShelf,
    private readonly past: PastRepository,
    private readonly owed: OwedRepository,
    private readonly branches: ForkedBranches,
  ) {}

  async read(question: Question): Promise<Answer> {
    const { planId, branch, pov, names, loreIds, budgetTokens } = question;
    const lineage = await this.branches.lineage(planId, branch);
    const [bible, lore] = await Promise.all([
      this.shelf.bible(planId, lineage),
      this.shelf.loreEntries(planId, lineage, loreIds),
    ]);
    const entries = bible.with(lore);
    const chosen = choose(entries, [pov, ...names], lore);
    const povEntry = personEntry(entries, pov);
    const personKeys = [...new Set([nameKey(pov), ...(povEntry?.keys ?? [])])];
    const viewpoint = { ...question, lineage };
    const [past, obligations] = await Promise.all([
      this.past.read(viewpoint, {
        entries: [...new Set(chosen.flatMap(({ entry }) => entry.keys))],
        persona: personKeys,
      }),
      this.owed.read(viewpoint, personKeys),
    ]);

    const point = storyPoint(question);
    const changes = assign(past.changes, entries);
    const candidates = chosen.map(({ entry, essential }): Candidate => {
      return { entry, essential, facts: factsAt(entry, changes.get(entry) ?? [], point) };
    });
    const persona = bible.persona(personKeys);
    return {
      entries: fitBudget(candidates, budgetTokens),
      persona: {
        name: persona?.name ?? povEntry?.name ?? pov,
        // Who is in no roster has at least what the bible tells of them.
        baseline: persona?.baseline ?? povEntry?.summary ?? '',
        memories: past.memories.map((memory) => memory.text),
        obligations,
      },
      author: { name: bible.author.name, summary: bible.author.baseline },
      knownNames: bible.knownNames(lore),
      lockedFacts: bible.lockedFacts(point),
      notKnown: notKnown({
        entries,
        chosen: candidates,
        point,
        self: povEntry,
        memories: past.memories.map((memory) => memory.text),
        learnedByOthers: past.learnedByOthers.map((memory) => memory.text),
      }),
    };
  }
}

/** What is mentioned, then what is related to it, then the lore that was asked for although nothing mentions it. */
function choose(
  entries: readonly IndexedEntry[],
  texts: readonly string[],
  lore: readonly IndexedEntry[],
): { entry: IndexedEntry; essential: boolean }[] {
  const { mentioned, related } = findRelevant(entries, texts);
  const found = new Set([...mentioned, ...related]);
  const keysOfLore = new Set(lore.map((entry) => entry.keys[0]!));
  const unmentioned = entries.filter((entry) => keysOfLore.has(entry.keys[0]!) && !found.has(entry)).sort(byName);
  return [
    ...mentioned.map((entry) => ({ entry, essential: true })),
    ...[...related, ...unmentioned].map((entry) => ({ entry, essential: false })),
  ];
}

/** A change belongs to the entries of the name it gave; failing that, to those that have it as an alias. */
function assign(changes: readonly PastChange[], entries: readonly IndexedEntry[]): Map<IndexedEntry, PastChange[]> {
  const assigned = new Map<IndexedEntry, PastChange[]>();
  for (const key of new Set(changes.map((change) => change.entry_key))) {
    const named = entries.filter((entry) => entry.keys[0] === key);
    const owners = named.length > 0 ? named : entries.filter((entry) => entry.keys.includes(key));
    const theirs = changes.filter((change) => change.entry_key === key);
    for (const owner of owners) assigned.set(owner, [...(assigned.get(owner) ?? []), ...theirs]);
  }
  return assigned;
}

/** What holds at `point`: the entry's own facts and those that scenes have added, by story time. */
function factsAt(entry: IndexedEntry, changes: readonly PastChange[], point: StoryPoint): WorldFact[] {
  const added = changes.map((change) => ({ statement: change.statement, from: storyPoint(change), until: null }));
  const stated = new Set<string>();
  return [...entry.facts, ...added]
    .filter((fact) => holdsAt(fact, point))
    .filter((fact) => !stated.has(fact.statement) && stated.add(fact.statement))
    .sort((a, b) => comparePoints(a.from, b.from));
}
