import {
  NotFoundError,
  WORLD_ENTRY_TYPES,
  type addEntry,
  type editEntry,
  type entryEditReplySchema,
  type lockEntry,
  type RequestOf,
  type WorldEntryView,
} from '@fiction/contracts';
import { Database, type UnitOfWork } from '@fiction/platform';
import { ForkedBranches, type Lineage } from '@fiction/runtime';
import { Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import { readLocks, readWholeEntries, type WholeEntry } from '../telling/entry-reader';
import { entryId, EntryVersions } from '../bible/entry-versions';
import { DeltasRepository } from '../deltas/deltas.repository';
import { refusalOf } from '../deltas/judge-deltas';
import { LockedFactAlerts } from '../deltas/locked-fact.alerts';
import { EntryViews } from '../entries/entry-views';
import { nameKey } from '../names/name-key';
import { appliedChanges } from './applied-changes';
import { EntryChangedError, EntryExistsError, FactNotFoundError, NothingChangesError } from './edit.errors';
import { editedEntry } from './edited-entry';
import { EntryEditsRepository, type AskedEdit, type DoneEdit } from './entry-edits.repository';

type EditReply = z.infer<typeof entryEditReplySchema>;
/** One edit within its transaction: what it is called, and the branch it is made on. */
interface Turn {
  uow: UnitOfWork;
  ref: string;
  lineage: Lineage;
}

/**
 * What people do to a bible. Scenes that are not begun see it; what is finished stays. Edits of a plan are made one after
 * the other.
 */
@Injectable()
export class EditsService {
  constructor(
    private readonly database: Database,
    private readonly branches: ForkedBranches,
    private readonly versions: EntryVersions,
    private readonly edits: EntryEditsRepository,
    private readonly deltas: DeltasRepository,
    private readonly alerts: LockedFactAlerts,
    private readonly views: EntryViews,
  ) {}

  /** @throws EntryExistsError when the branch has an entry of that name, of whatever type */
  add(question: RequestOf<typeof addEntry>): Promise<EditReply> {
    const { type, name, aliases, summary, facts, relations } = question;
    const content = { type, name, aliases, summary, facts, relations };
    return this.once({ ...question, action: 'add', content }, undefined, async ({ uow, ref, lineage }) => {
      const ids = WORLD_ENTRY_TYPES.map((one) => entryId(question.planId, one, nameKey(name)));
      const [known] = await readWholeEntries(uow, lineage, ids);
      if (known !== undefined) throw new EntryExistsError(name, known.entry.id);
      const others = aliases.filter((alias) => nameKey(alias) !== nameKey(name));
      await this.file(uow, question, ref, { ...content, aliases: others, locked: false }, []);
      return { ref, entryId: entryId(question.planId, type, nameKey(name)) };
    });
  }

  /**
   * @throws EntryChangedError when the entry has another version by now
   * @throws NothingChangesError when no change is named: the version would count up for nothing, and for others to trip over
   */
  async edit(question: RequestOf<typeof editEntry>): Promise<EditReply> {
    const { summary, aliases, facts, relations, expectedVersion } = question;
    const lists = [aliases, facts, relations].flatMap((of) => [of?.add ?? [], of?.drop ?? []]);
    if (summary === undefined && lists.every((list) => list.length === 0)) throw new NothingChangesError();
    const content = { entryId: question.entryId, expectedVersion, summary, aliases, facts, relations };
    return this.once({ ...question, action: 'edit', content }, undefined, async (turn) => {
      const { whole, shown } = await this.find(turn, question.planId, question.entryId);
      const { version } = whole.entry;
      if (version !== expectedVersion) throw new EntryChangedError(expectedVersion, version);
      const { entry, dropped } = editedEntry(whole.entry, shown, { summary, aliases, facts, relations });
      await this.file(turn.uow, question, turn.ref, entry, dropped);
      return { ref: turn.ref, entryId: question.entryId };
    });
  }

  /** @throws FactNotFoundError when the entry has no such fact on the branch */
  lock(question: RequestOf<typeof lockEntry>): Promise<EditReply> {
    const { factId, locked, applyRefused } = question;
    const content = { entryId: question.entryId, factId, ...(applyRefused && { applyRefused }) };
    const then = applyRefused && !locked ? (turn: Turn) => this.applyRefused(turn, question) : undefined;
    return this.once({ ...question, action: locked ? 'lock' : 'unlock', content }, then, async (turn) => {
      const { shown } = await this.find(turn, question.planId, question.entryId);
      const found = shown.facts.filter((fact) => fact.id === factId).at(-1);
      if (factId !== undefined && found === undefined) throw new FactNotFoundError(factId);
      const fact = found && { statement: found.statement, from: found.from, until: found.until };
      return { ref: turn.ref, entryId: question.entryId, factId, fact };
    });
  }

  /** What scenes have told against what is unlocked now, as an edit of the person who has unlocked it. */
  private async applyRefused(turn: Turn, question: RequestOf<typeof lockEntry>): Promise<void> {
    const { planId, entryId: id } = question;
    const { uow, lineage } = turn;
    const { whole, shown } = await this.find(turn, planId, id);
    const locks = await readLocks(uow, planId, lineage);
    const refused = await this.deltas.refused(uow, planId, lineage, id);
    const free = refused.filter(({ kind, statement, target }) => {
      const change = { kind, statement, to: target, entry: whole.entry.name };
      return refusalOf(change, [whole.entry], locks) === undefined;
    });
    const changes = appliedChanges(shown, free);
    if (changes === undefined) return;
    const { entry, dropped } = editedEntry(whole.entry, shown, changes);
    await this.file(uow, question, turn.ref, entry, dropped);
  }

  /** @param then what follows from the edit, once it counts */
  private async once(
    asked: AskedEdit,
    then: ((turn: Turn) => Promise<void>) | undefined,
    work: (turn: Turn) => Promise<DoneEdit>,
  ): Promise<EditReply> {
    const { planId, branch } = asked;
    const lineage = await this.branches.lineage(planId, branch);
    const done = await this.database.transaction(async (uow) => {
      await this.alerts.takeTurn(uow, planId);
      const earlier = await this.edits.earlier(uow, asked);
      if (earlier !== undefined) return { id: earlier, repeated: true };
      const turn = { uow, ref: `person:${randomUUID()}`, lineage };
      const edit = await work(turn);
      await this.edits.record(uow, asked, edit);
      await then?.(turn);
      // Locks may have come or gone, and with them what scenes are against.
      const causes = await this.deltas.standing(uow, planId, branch, [edit.entryId]);
      await this.alerts.report(uow, planId, lineage, causes);
      return { id: edit.entryId, repeated: false };
    });
    const whole = await readWholeEntries(this.database, lineage, [done.id]);
    const [entry] = await this.views.of(this.database, whole, { planId, lineage, at: undefined });
    return { entry: entry!, repeated: done.repeated };
  }

  private async find(
    { uow, lineage }: Turn,
    planId: string,
    id: string,
  ): Promise<{ whole: WholeEntry; shown: WorldEntryView }> {
    const own = await uow.query('SELECT 1 FROM entries WHERE plan_id = $1 AND id = $2', [planId, id]);
    const [whole] = own.length === 0 ? [] : await readWholeEntries(uow, lineage, [id]);
    if (whole === undefined) throw new NotFoundError('entry', id);
    const [shown] = await this.views.of(uow, [whole], { planId, lineage, at: undefined });
    return { whole, shown: shown! };
  }

  private file(
    uow: UnitOfWork,
    { planId, branch }: { planId: string; branch: string },
    ref: string,
    entry: Parameters<EntryVersions['file']>[2][number],
    dropped: string[],
  ): Promise<void> {
    return this.versions.file(uow, { planId, branch, source: 'person', sourceRef: ref, dropped }, [entry]);
  }
}
