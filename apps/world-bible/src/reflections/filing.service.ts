import { Database } from '@fiction/platform';
import { ForkedBranches, type Lineage } from '@fiction/runtime';
import { Injectable } from '@nestjs/common';
import { BibleShelf } from '../bible/shelf/bible.shelf';
import type { Bible } from '../bible/bible';
import type { IndexedEntry } from '../bible/bible-entry';
import { EntryLocks } from '../telling/entry-locks';
import { readLocks } from '../telling/entry-reader';
import { ownersOf } from '../deltas/delta';
import { DeltasRepository } from '../deltas/deltas.repository';
import { refusalOf, type JudgedChange } from '../deltas/judge-deltas';
import { QuotablePage } from '../deltas/locate-quote';
import { LockedFactAlerts } from '../deltas/locked-fact.alerts';
import { PastDeltasRepository } from '../deltas/past-deltas.repository';
import { withNames } from '../deltas/tell-deltas';
import { findMentions } from '../mentions/find-mentions';
import { nameKey } from '../names/name-key';
import type { Filing } from './prepared-filing';
import { withKnownPeople } from './known-people';
import { SceneFiling } from './scene-filing';

type Judge = (entries: readonly IndexedEntry[], locks: EntryLocks) => JudgedChange[];

/** The bible as the scene knew it. */
interface Known {
  bible: Bible | undefined;
  entries: readonly IndexedEntry[];
  locks: EntryLocks;
}

/** Files what an accepted scene has changed and named: all of it, once. */
@Injectable()
export class FilingService {
  constructor(
    private readonly database: Database,
    private readonly branches: ForkedBranches,
    private readonly shelf: BibleShelf,
    private readonly past: PastDeltasRepository,
    private readonly scenes: SceneFiling,
    private readonly deltas: DeltasRepository,
    private readonly alerts: LockedFactAlerts,
  ) {}

  async file(given: Filing): Promise<void> {
    const { planId, branch } = given;
    const lineage = await this.branches.lineage(planId, branch);
    const known = await this.known(given, lineage);
    const told = given.reflection;
    const filing = known.bible === undefined ? given : withKnownPeople(given, known.bible, known.entries);
    const mentions = filing.page === undefined ? [] : findMentions(filing.page.prose, known.entries);
    const judge = judging(filing);
    // Where nothing is locked, nothing is refused, and a first revision takes nothing back.
    if (filing.revision === 1 && !touchesLocks(filing, known)) {
      await this.scenes.file({ filing, told, lineage, mentions, changes: judge(known.entries, known.locks) });
      return;
    }
    await this.database.transaction(async (uow) => {
      await this.alerts.takeTurn(uow, planId);
      const before = await this.deltas.standingOfScene(uow, filing);
      const changes = judge(known.entries, await readLocks(uow, planId, lineage));
      if (!(await this.scenes.fileIn(uow, { filing, told, lineage, mentions, changes }))) return;
      await this.alerts.report(uow, planId, lineage, [...before, ...refusedBy(changes)]);
    });
  }

  /** Before its world stands a plan has no entries; what is filed then is filed without them. */
  private async known({ planId, chapter, scene, page }: Filing, lineage: Lineage): Promise<Known> {
    const bible = await this.shelf.bibleIfReady(planId, lineage);
    if (bible === undefined) return { bible, entries: [], locks: new EntryLocks([]) };
    const lore = await this.shelf.loreEntries(planId, lineage, page?.loreIds ?? []);
    const continuity = page?.continuity ?? 'loose';
    const entries = bible.with(lore);
    const named = await this.past.names({ planId, lineage, chapter, scene, continuity });
    return { bible, entries: withNames(entries, named), locks: bible.locks };
  }
}

/** What cannot be quoted did not happen: such changes are left out. */
function judging({ reflection, page }: Filing): Judge {
  const quotable = page && new QuotablePage(page.prose);
  const found = reflection.worldChanges.flatMap((change) => {
    const span = quotable?.locate(change.quote);
    return quotable !== undefined && span === undefined ? [] : [{ change, span: span ?? null }];
  });
  return (entries, locks) => found.map((one) => ({ ...one, refusal: refusalOf(one.change, entries, locks) }));
}

function touchesLocks({ reflection }: Filing, { entries, locks }: Known): boolean {
  return reflection.worldChanges.some((change) =>
    ownersOf(entries, nameKey(change.entry)).some((entry) => locks.touches(entry)),
  );
}

function refusedBy(changes: readonly JudgedChange[]): { entry_id: string; fact_id: string }[] {
  return changes.flatMap(({ refusal }) =>
    refusal === undefined ? [] : [{ entry_id: refusal.entryId, fact_id: refusal.factId }],
  );
}
