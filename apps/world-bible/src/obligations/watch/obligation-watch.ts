import { Outbox, type OutgoingMessage } from '@fiction/messaging';
import { Clock, Database, eachAlone, type UnitOfWork } from '@fiction/platform';
import { ForkedBranches } from '@fiction/runtime';
import { Injectable, Logger } from '@nestjs/common';
import { isOverdue, isWritten, payers } from '../life/book';
import { endReport, overdueReport } from './obligation-alerts';
import { ObligationStates } from '../life/obligation-states';
import { standingOfRow, type StateRow } from '../obligations.repository';
import { TurnsRepository } from '../life/turns.repository';

interface BranchRow {
  plan_id: string;
  branch: string;
  end_reported: boolean;
}

/** Branches looked at in one sweep. */
const MOST_BRANCHES = 100;

/** Something new has happened there, or the time has brought something about. */
const NEXT = `
  SELECT plan_id, branch FROM (
    SELECT plan_id, branch, NULL::timestamptz AS due FROM obligation_notices
    UNION ALL SELECT plan_id, branch, next_look_at FROM obligation_branches WHERE next_look_at <= $1) n
  GROUP BY plan_id, branch ORDER BY bool_and(due IS NOT NULL), min(due) LIMIT ${MOST_BRANCHES}`;
/** What a notice tells of is committed with it: whatever is read after this statement shows it, or has a notice of its own. */
const TAKE = `
  WITH taken AS (DELETE FROM obligation_notices WHERE plan_id = $1 AND branch = $2 RETURNING 1)
  SELECT count(*)::int AS notices FROM taken`;
/** A branch that nothing was ever owed on has no row. */
const STILL = `
  SELECT plan_id, branch, end_reported FROM obligation_branches
  WHERE plan_id = $1 AND branch = $2 AND ($4 OR next_look_at <= $3) FOR UPDATE`;
const OPEN = `
  SELECT id, key, status, kind, text, persona_keys, personas, chapter, scene, scene_id, last_chapter, last_scene,
    due_chapter, due_scene, due_source, open_since, overdue_since, changed_at
  FROM obligation_states WHERE plan_id = $1 AND branch = $2 AND status = 'open' ORDER BY chapter, scene, id
  FOR UPDATE`;
const OVERDUE = `
  UPDATE obligation_states SET overdue_since = CASE WHEN id = ANY($3::text[]) THEN $5::timestamptz END
  WHERE plan_id = $1 AND branch = $2 AND id = ANY($3::text[] || $4::text[])`;
const LOOKED = `
  UPDATE obligation_branches SET next_look_at = $3, end_reported = $4
  WHERE plan_id = $1 AND branch = $2`;

/** Looks for obligations that are overdue, and for books that end with some of them open. */
@Injectable()
export class ObligationWatch {
  private readonly log = new Logger(ObligationWatch.name);

  constructor(
    private readonly database: Database,
    private readonly history: TurnsRepository,
    private readonly states: ObligationStates,
    private readonly branches: ForkedBranches,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /** A branch that cannot be looked at now keeps no other one waiting. */
  async sweep(): Promise<void> {
    const rows = await this.database.query<BranchRow>(NEXT, [this.clock.now()]);
    await eachAlone(
      rows,
      (row) => this.branch(row.plan_id, row.branch),
      (row, error) =>
        this.log.warn(
          `${row.plan_id}@${row.branch} could not be checked for overdue obligations; trying again: ${String(error)}`,
        ),
    );
  }

  private async branch(planId: string, branch: string): Promise<void> {
    await this.database.transaction(async (uow) => {
      const now = this.clock.now();
      // In this order as everywhere: first the turn, then rows. Another replica may have looked meanwhile.
      await this.states.lock(uow, planId, branch);
      const [taken] = await uow.query<{ notices: number }>(TAKE, [planId, branch]);
      const [still] = await uow.query<BranchRow>(STILL, [planId, branch, now, taken!.notices > 0]);
      if (still !== undefined) await this.look(uow, still, taken!.notices > 0, now);
    });
  }

  /** @param hasNews whether something has happened, or only time has passed */
  private async look(uow: UnitOfWork, row: BranchRow, hasNews: boolean, now: Date): Promise<void> {
    const { plan_id: planId, branch } = row;
    const lineage = await this.branches.lineage(planId, branch);
    const book = await this.history.book(planId, lineage, uow);
    const written = await this.history.written(planId, lineage, uow);
    const open = await uow.query<StateRow>(OPEN, [planId, branch]);
    const itemsOf = (state: StateRow): string[] => payers(standingOfRow(state), { planId, branch, book, written });

    const late = open.filter((state) => isOverdue(standingOfRow(state), book, written, now));
    const begun = late.filter((state) => state.overdue_since === null);
    const over = open.filter((state) => state.overdue_since !== null && !late.includes(state));
    const ids = (states: StateRow[]): string[] => states.map((state) => state.id);
    if (begun.length + over.length > 0) await uow.query(OVERDUE, [planId, branch, ids(begun), ids(over), now]);
    const reports: OutgoingMessage[] = [
      ...begun.map((state) => overdueReport({ planId, branch, ...state, itemIds: itemsOf(state), present: true }, now)),
      ...over.map((state) => overdueReport({ planId, branch, ...state, itemIds: [], present: false }, now)),
    ];
    const ended = book !== undefined && isWritten(book, written) && open.length > 0;
    // What is still open of a book that has ended may be others by now, or fewer.
    if (ended !== row.end_reported || (ended && hasNews)) {
      const itemIds = [...new Set(open.flatMap(itemsOf))].slice(0, 200);
      const owed = ended ? open.map((state) => state.text) : [];
      reports.push(endReport({ planId, branch, open: owed, itemIds: ended ? itemIds : [] }, now));
    }
    await this.outbox.add(uow, reports);
    const waiting = open.filter((state) => !late.includes(state) && state.open_since !== null);
    const next = book === undefined ? [] : waiting.map((state) => state.open_since!.getTime());
    const nextLookAt = next.length === 0 ? null : new Date(Math.min(...next) + book!.terms.hours * 3_600_000);
    await uow.query(LOOKED, [planId, branch, nextLookAt, ended]);
  }
}
