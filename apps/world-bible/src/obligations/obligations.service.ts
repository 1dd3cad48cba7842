import {
  NotFoundError,
  type actOnObligation,
  type listObligations,
  type ObligationAction,
  type ObligationTurn,
  type plantObligation,
  type readObligation,
  type ReplyOf,
  type RequestOf,
} from '@fiction/contracts';
import { Clock, Database, pageOfRows, type UnitOfWork } from '@fiction/platform';
import { ForkedBranches, type Lineage } from '@fiction/runtime';
import { Injectable } from '@nestjs/common';
import { placeOf, storyPoint } from '../bible/story-time';
import { nameKey } from '../names/name-key';
import { OncePerKey } from '../writes/once-per-key';
import { payers } from './life/book';
import { ObligationActionsRepository, type NewAction } from './obligation-actions.repository';
import { obligationIdOf, type Turn } from './life/obligation-life';
import { ObligationOwners } from './obligation-owners';
import { ObligationStates } from './life/obligation-states';
import { ObligationExistsError, ObligationStatusError } from './obligation.errors';
import { cursorOf, ObligationsRepository, standingOfRow, viewOfRow, type StateRow } from './obligations.repository';
import { TurnsRepository } from './life/turns.repository';

type Detail = ReplyOf<typeof readObligation>;
type Planting = RequestOf<typeof plantObligation>;
type Acting = RequestOf<typeof actOnObligation>;
type Done = ReplyOf<typeof actOnObligation>;

const EVENTS: Record<ObligationAction, NewAction['event']> = {
  annotate: 'annotated',
  resolve: 'resolved',
  dismiss: 'dismissed',
  reopen: 'reopened',
};

/** Obligations as people see them and work with them. */
@Injectable()
export class ObligationsService {
  constructor(
    private readonly database: Database,
    private readonly obligations: ObligationsRepository,
    private readonly history: TurnsRepository,
    private readonly actions: ObligationActionsRepository,
    private readonly states: ObligationStates,
    private readonly owners: ObligationOwners,
    private readonly branches: ForkedBranches,
    private readonly once: OncePerKey,
    private readonly clock: Clock,
  ) {}

  async list(query: RequestOf<typeof listObligations>): Promise<ReplyOf<typeof listObligations>> {
    const { planId, branch, status, persona, overdue, cursor, limit } = query;
    const lineage = await this.branches.lineage(planId, branch);
    const personaKey = persona === undefined ? undefined : this.owners.keyOf(planId, persona);
    const filter = { planId, branch, status, personaKey, overdue, after: cursor, limit: limit + 1 };
    const rows = await this.obligations.list(filter);
    const { page, nextCursor } = pageOfRows(rows, limit, cursorOf);
    const itemsOf = await this.itemsOf(planId, lineage, page);
    return {
      items: page.map((row) => viewOfRow(row, itemsOf(row))),
      nextCursor,
      counts: await this.obligations.counts(planId, branch),
    };
  }

  async read({ planId, branch, obligationId }: RequestOf<typeof readObligation>): Promise<Detail> {
    return this.detail(planId, await this.branches.lineage(planId, branch), obligationId, this.database);
  }

  async plant(planting: Planting): Promise<Done> {
    const { planId, branch, text, kind, persona, planted, due, idempotencyKey, ...rest } = planting;
    const lineage = await this.branches.lineage(planId, branch);
    const owner = await this.owners.find(planId, lineage, persona);
    const key = nameKey(text);
    const id = obligationIdOf(planId, key);
    const { actor: _actor, source: _source, ...told } = rest;
    const question = { plant: text, branch, kind, persona, planted, due, ...told };
    return this.write(planId, lineage, idempotencyKey, question, id, async (uow) => {
      const known = await this.obligations.one(planId, branch, id, uow);
      if (known !== undefined) throw new ObligationExistsError(id, known.status);
      const place = placeOf(planted);
      const planting = { kind, text, place, due: due === null ? null : placeOf(due), ...owner };
      return { ...rest, planId, branch, key, event: 'planted', planting, at: this.clock.now() };
    });
  }

  async act(acting: Acting): Promise<Done> {
    const { planId, branch, obligationId: id, action, idempotencyKey, ...rest } = acting;
    const lineage = await this.branches.lineage(planId, branch);
    const { actor: _actor, source: _source, ...told } = rest;
    return this.write(planId, lineage, idempotencyKey, { act: action, branch, id, ...told }, id, async (uow) => {
      const known = await this.obligations.one(planId, branch, id, uow);
      if (known === undefined) throw new NotFoundError('obligation', id);
      const fits = action === 'annotate' || (action === 'reopen' ? known.status !== 'open' : known.status === 'open');
      if (!fits) throw new ObligationStatusError(id, known.status);
      const { key } = known;
      return { ...rest, planId, branch, key, event: EVENTS[action], planting: null, at: this.clock.now() };
    });
  }

  /** Adds a row to an obligation's history, once for each key, and works out how it stands. */
  private async write(
    planId: string,
    lineage: Lineage,
    idempotencyKey: string | null,
    question: unknown,
    id: string,
    decide: (uow: UnitOfWork) => Promise<NewAction>,
  ): Promise<Done> {
    return this.database.transaction(async (uow) => {
      const { repeated } = await this.once.do(uow, { planId, idempotencyKey, question }, async () => {
        await this.states.lock(uow, planId, lineage[0]);
        const action = await decide(uow);
        await this.actions.add(uow, action);
        await this.states.settle(uow, planId, lineage, [action.key]);
        return { id };
      });
      return { obligation: await this.detail(planId, lineage, id, uow), repeated };
    });
  }

  /** @throws NotFoundError */
  private async detail(planId: string, lineage: Lineage, id: string, reader: Pick<UnitOfWork, 'query'>) {
    const row = await this.obligations.one(planId, lineage[0], id, reader);
    if (row === undefined) throw new NotFoundError('obligation', id);
    const turns = (await this.history.turns(planId, lineage, [row.key], reader)).get(row.key) ?? [];
    const itemsOf = await this.itemsOf(planId, lineage, [row], reader);
    const history = turns.toSorted((a, b) => a.at.getTime() - b.at.getTime()).map(turnView);
    return { ...viewOfRow(row, itemsOf(row)), history };
  }

  private async itemsOf(
    planId: string,
    lineage: Lineage,
    rows: readonly StateRow[],
    reader: Pick<UnitOfWork, 'query'> = this.database,
  ): Promise<(row: StateRow) => string[]> {
    if (rows.every((row) => row.status !== 'open')) return () => [];
    const book = await this.history.book(planId, lineage, reader);
    const written = await this.history.written(planId, lineage, reader);
    return (row) => payers(standingOfRow(row), { planId, branch: lineage[0], book, written });
  }
}

function turnView(turn: Turn): ObligationTurn {
  const { event, by, at, place, branch, sceneId, actor, source, note, itemId, actionId } = turn;
  const point = place && storyPoint(place);
  return { event, by, at: at.toISOString(), point, branch, sceneId, actor, source, note, itemId, actionId };
}
