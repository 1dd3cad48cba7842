import type { ContextSource, ReplyOf, RequestOf, readSceneContext } from '@fiction/contracts';
import { ForkedBranches } from '@fiction/runtime';
import { Injectable } from '@nestjs/common';
import { BibleShelf } from '../bible/shelf/bible.shelf';
import type { IndexedEntry } from '../bible/bible-entry';
import { personEntry } from '../bible/person-entry';
import { factIdOf } from '../telling/fact-id';
import { comparePoints, holdsAt, storyPoint } from '../bible/story-time';
import { changesByOwner, type Delta } from '../deltas/delta';
import { PastDeltasRepository } from '../deltas/past-deltas.repository';
import { tellFacts, withNames, type ToldFact } from '../deltas/tell-deltas';
import { nameKey } from '../names/name-key';
import { chooseEntries, type Choice } from './choose-entries';
import { fitBudget, type Candidate } from './fit-budget';
import { notKnown } from './persona/not-known';
import { OwedRepository } from './persona/owed.repository';
import { PastRepository } from './persona/past.repository';
import type { Viewpoint } from './viewpoint';

type Question = RequestOf<typeof readSceneContext>;
type Answer = ReplyOf<typeof readSceneContext>;

/** Facts of one entry that scenes have begun, of which one prompt carries the latest. */
const BEGUN_PER_KEY = 24;
const BEGUN_PER_ENTRY = 8;

/** Chooses what a scene may rely on. The answer depends on the question and on what surely came before, on nothing else. */
@Injectable()
export class SceneContextService {
  constructor(
    private readonly shelf: BibleShelf,
    private readonly past: PastRepository,
    private readonly owed: OwedRepository,
    private readonly deltas: PastDeltasRepository,
    private readonly branches: ForkedBranches,
  ) {}

  async read(question: Question): Promise<Answer> {
    const { planId, branch, pov, names, loreIds, budgetTokens, chapter, scene, continuity } = question;
    const lineage = await this.branches.lineage(planId, branch);
    const viewpoint: Viewpoint = { planId, lineage, chapter, scene, continuity };
    const [{ bible, world }, lore, named, recency] = await Promise.all([
      this.shelf.open(planId, lineage),
      this.shelf.loreEntries(planId, lineage, loreIds),
      this.deltas.names(viewpoint),
      this.deltas.recent(viewpoint),
    ]);
    const entries = withNames(bible.with(lore), named);
    const chosen = chooseEntries(entries, [pov, ...names], lore, recency);
    const povEntry = personEntry(entries, pov);
    const personKeys = [...new Set([nameKey(pov), ...(povEntry?.keys ?? [])])];
    const point = storyPoint(question);
    const [past, obligations, facts] = await Promise.all([
      this.past.read(viewpoint, personKeys, world),
      this.owed.read(viewpoint, personKeys, world),
      this.factsOf(viewpoint, entries, chosen),
    ]);
    const candidates = chosen.map(({ entry, why }): Candidate => {
      const holding = facts.get(entry)!.filter((fact) => holdsAt(fact, point));
      return { entry, essential: why === 'mentioned', facts: latestBegun(holding) };
    });
    const fitting = fitBudget(candidates, budgetTokens);
    const persona = bible.persona(personKeys);
    return {
      entries: fitting.map(({ context }) => context),
      sources: fitting.map(({ candidate }) => sourceOf(chosen[candidates.indexOf(candidate)]!)),
      persona: {
        name: persona?.name ?? povEntry?.name ?? pov,
        // Who is in no roster has at least what the bible tells of them.
        baseline: persona?.baseline ?? povEntry?.summary ?? '',
        memories: past.memories.map((memory) => memory.text),
        obligations,
      },
      author: { name: bible.author.name, summary: bible.author.baseline },
      knownNames: [...new Set([...bible.knownNames(lore), ...addedNames(named)])],
      lockedFacts: bible.lockedFacts(point, entries),
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

  /** The facts of the chosen entries, with what scenes before have begun and ended; of a loose book none surely has. */
  private async factsOf(
    viewpoint: Viewpoint,
    entries: readonly IndexedEntry[],
    chosen: readonly Choice[],
  ): Promise<Map<IndexedEntry, ToldFact[]>> {
    if (viewpoint.continuity === 'loose') {
      return new Map(chosen.map(({ entry }) => [entry, tellFacts(entry, [])]));
    }
    const keys = [...new Set(chosen.flatMap(({ entry }) => entry.keys))];
    const begun = await this.deltas.begins(viewpoint, keys, BEGUN_PER_KEY);
    const statements = [...begun, ...chosen.flatMap(({ entry }) => entry.facts)].map((fact) => fact.statement);
    const ended = await this.deltas.ends(viewpoint, keys, [...new Set(statements.map(factIdOf))]);
    const changes = changesByOwner(entries, [...begun, ...ended]);
    return new Map(chosen.map(({ entry }) => [entry, tellFacts(entry, changes.get(entry) ?? [])]));
  }
}

function addedNames(named: readonly Delta[]): string[] {
  return named.filter((delta) => delta.kind === 'alias-added').map((delta) => delta.statement);
}

/** By story time; of those that scenes have begun the latest. */
function latestBegun(facts: readonly ToldFact[]): ToldFact[] {
  const begun = facts.filter((fact) => fact.sceneId !== null).slice(-BEGUN_PER_ENTRY);
  return facts
    .filter((fact) => fact.sceneId === null || begun.includes(fact))
    .sort((a, b) => comparePoints(a.from, b.from));
}

function sourceOf({ entry, why }: Choice): ContextSource {
  return { entryId: entry.id, name: entry.name, version: entry.version, why };
}
