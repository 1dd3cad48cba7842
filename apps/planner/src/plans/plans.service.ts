import {
  briefDigest,
  IdempotencyKeyReusedError,
  isMoment,
  MAIN_BRANCH,
  NotFoundError,
  PHASES,
  settleBrief,
  STANDS_STILL,
  UnknownCursorError,
  type Brief,
  type Phase,
  type PlanDetail,
  type PlanStatus,
  type PlanSummary,
  type SettledBrief,
  type Vision,
} from '@fiction/contracts';
import { Database, SERVICE_CONFIG, pageOfRows, SameTick, type ServiceConfig } from '@fiction/platform';
import { sharedOrOwn } from '@fiction/runtime';
import { Inject, Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { firstItems } from '../graph/first-items';
import { itemsOfBranch } from '../graph/items-of-branch';
import { PlanGraph } from '../graph/plan-graph';
import { PlanStatuses } from './plan-statuses';

interface PlanRow {
  id: string;
  project_id: string;
  title: string;
  author: string;
  status: PlanStatus;
  status_reason: string | null;
  brief_digest: string | null;
  created_at: Date;
  started_at: Date | null;
  finished_at: Date | null;
  /** To the microsecond, as a cursor must be. */
  created_text: string;
  brief: SettledBrief;
  primary_branch: string;
}

type CountsRow = PlanDetail['phases'][number] & {
  words: number;
  uncounted: number;
  /** Ready: their plan or branch has just to go on. */
  ready: number;
  /** Lore whose clock goes, as something waits for nothing else: it is begun when its SLA has passed, if the brief wants that. */
  timed: number;
};

/** What a branch is made from. `directions`: what a chapter is to be like, by its number. */
export interface BranchMaterial {
  brief: SettledBrief;
  vision: Vision | null;
  directions: Record<string, string>;
}

const COLUMNS = `id, project_id, title, author, status, status_reason, brief_digest, created_at, started_at, finished_at,
  to_char(created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.USZ') AS created_text`;
const INSERT = `
  INSERT INTO plans (id, project_id, idempotency_key, brief_digest, title, author, brief, status, correlation_id,
    created_by, started_at)
  VALUES ($1, 'shelf', $2, $8, $3, $4, $5, 'running', $6, $7, now())
  ON CONFLICT (idempotency_key) DO NOTHING RETURNING id`;
const INSERT_BRANCH = 'INSERT INTO branches (plan_id, name, brief, created_by) VALUES ($1, $2, $3, $4)';
const LIST = `
  SELECT ${COLUMNS} FROM plans
  WHERE ($1::text IS NULL OR status = $1)
    AND ($2::timestamptz IS NULL OR (created_at, id) < ($2, $3)) AND ($5::text IS NULL OR brief_digest = $5)
  ORDER BY created_at DESC, id DESC LIMIT $4`;
const COUNTS = `
  SELECT phase, count(*)::int AS total, count(*) FILTER (WHERE status = 'complete')::int AS done,
    count(*) FILTER (WHERE status IN ('queued', 'running'))::int AS running,
    count(*) FILTER (WHERE status = 'running' AND reason_code IS NOT NULL)::int AS waiting,
    count(*) FILTER (WHERE status = 'blocked')::int AS blocked, count(*) FILTER (WHERE status = 'failed')::int AS failed,
    count(*) FILTER (WHERE status = 'cancelled')::int AS cancelled,
    count(*) FILTER (WHERE status = 'ready')::int AS ready,
    count(*) FILTER (WHERE status = 'pending' AND awaits_release AND EXISTS (
      SELECT 1 FROM dependencies d JOIN items w ON w.id = d.item_id
      WHERE d.depends_on = items.id AND w.status = 'blocked'))::int AS timed,
    coalesce(sum(words) FILTER (WHERE status = 'complete'), 0)::int AS words,
    count(*) FILTER (WHERE status = 'complete' AND phase = 'scene' AND words IS NULL)::int AS uncounted
  FROM items WHERE plan_id = $1 AND ${itemsOfBranch('$2')} GROUP BY phase`;
const NONE = { total: 0, done: 0, running: 0, waiting: 0, blocked: 0, failed: 0, cancelled: 0 };
const MATERIAL = `
  SELECT b.brief, b.directions,
    (SELECT v.vision FROM visions v WHERE v.plan_id = b.plan_id AND ${sharedOrOwn('v', '$2')}) AS vision
  FROM branches b WHERE b.plan_id = $1 AND b.name = $2`;

/** Plans: made from briefs, listed, read. */
@Injectable()
export class PlansService {
  private readonly materials = new SameTick<BranchMaterial | undefined>();

  constructor(
    private readonly database: Database,
    private readonly graph: PlanGraph,
    private readonly statuses: PlanStatuses,
    @Inject(SERVICE_CONFIG) private readonly config: ServiceConfig,
  ) {}

  /**
   * Makes a plan and sets it going. The same key makes the same plan, once.
   * @throws {IdempotencyKeyReusedError} when the key belongs to another brief
   */
  async create(
    brief: Brief,
    idempotencyKey: string | null,
    actor: string,
  ): Promise<{ planId: string; created: boolean }> {
    const settled = settleBrief(brief, this.config.defaultBinding);
    const planId = randomUUID();
    const digest = briefDigest(brief);
    const created = await this.database.transaction(async (uow) => {
      const rows = await uow.query(INSERT, [
        planId,
        idempotencyKey,
        settled.title,
        settled.author,
        JSON.stringify(settled),
        randomUUID(),
        actor,
        digest,
      ]);
      if (rows.length === 0) return false;
      await uow.query(INSERT_BRANCH, [planId, MAIN_BRANCH, JSON.stringify(settled), actor]);
      await this.statuses.tell(uow, planId, MAIN_BRANCH, 'running', null);
      await this.graph.grow(uow, planId, MAIN_BRANCH, firstItems(planId, MAIN_BRANCH, settled));
      return true;
    });
    if (created) return { planId, created };
    const [earlier] = await this.database.query<{ id: string; brief_digest: string | null }>(
      'SELECT id, brief_digest FROM plans WHERE idempotency_key = $1',
      [idempotencyKey],
    );
    if ((earlier!.brief_digest ?? digest) !== digest) throw new IdempotencyKeyReusedError();
    return { planId: earlier!.id, created };
  }

  async list(query: {
    status?: PlanStatus;
    briefDigest?: string;
    cursor?: string;
    limit: number;
  }): Promise<{ items: PlanSummary[]; nextCursor: string | null }> {
    const [after, id] = parseCursor(query.cursor);
    const rows = await this.database.query<PlanRow>(LIST, [
      query.status ?? null,
      after,
      id,
      query.limit + 1,
      query.briefDigest ?? null,
    ]);
    const { page, nextCursor } = pageOfRows(rows, query.limit, (last) => `${last.created_text}_${last.id}`);
    return { items: page.map(toSummary), nextCursor };
  }

  async read(planId: string): Promise<PlanDetail> {
    const [row] = await this.database.query<PlanRow>(
      `SELECT ${COLUMNS}, brief, primary_branch FROM plans WHERE id = $1`,
      [planId],
    );
    if (row === undefined) throw new NotFoundError('plan', planId);
    const rows = await this.database.query<CountsRow>(COUNTS, [planId, row.primary_branch]);
    const counts = rows.map(
      ({ words: _words, uncounted: _uncounted, ready: _ready, timed: _timed, ...count }) => count,
    );
    const scenes = rows.find(({ phase }) => phase === 'scene');
    const byPhase = new Map(counts.map((count) => [count.phase, count]));
    return {
      ...toSummary(row),
      ...(row.status === 'running' && { statusReason: standstillOf(rows, row.brief) }),
      brief: row.brief,
      primaryBranch: row.primary_branch,
      phases: PHASES.map((phase) => {
        const count = byPhase.get(phase) ?? { phase, ...NONE };
        return { ...count, total: Math.max(count.total, expected(row.brief, phase)) };
      }),
      words: scenes === undefined ? 0 : scenes.uncounted > 0 ? null : scenes.words,
    };
  }

  /** What a branch is made from; its vision once that is there. Read once for all who are begun together. */
  async material(planId: string, branch: string): Promise<BranchMaterial> {
    const row = await this.materials.get(`${planId} ${branch}`, async () => {
      const [found] = await this.database.query<BranchMaterial>(MATERIAL, [planId, branch]);
      return found;
    });
    if (row !== undefined) return row;
    const plans = await this.database.query('SELECT 1 FROM plans WHERE id = $1', [planId]);
    throw plans.length === 0 ? new NotFoundError('plan', planId) : new NotFoundError('branch', branch);
  }
}

/** How many items of a phase the brief alone says there will be; lore shows only as the story asks for it. */
function expected(brief: SettledBrief, phase: Phase): number {
  switch (phase) {
    case 'vision':
    case 'world':
      return 1;
    case 'planner':
      return brief.planningPasses;
    case 'blueprint':
    case 'scroll':
      return brief.chapters;
    case 'scene':
      return brief.chapters * brief.scenesPerChapter;
    case 'lore':
      return 0;
  }
}

function parseCursor(cursor: string | undefined): [string | null, string | null] {
  if (cursor === undefined) return [null, null];
  const match = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z)_([0-9a-f-]{36})$/.exec(cursor);
  if (match === null || !isMoment(match[1]!)) throw new UnknownCursorError();
  return [match[1]!, match[2]!];
}

/**
 * Why nothing of a running plan goes on by itself; null where something does. What is blocked goes on when lore is there,
 * and that is begun, or somebody is asked to begin it, fulfil it or approve it.
 */
function standstillOf(counts: CountsRow[], { lore }: SettledBrief): string | null {
  const sum = (countOf: (row: CountsRow) => number): number => counts.reduce((total, row) => total + countOf(row), 0);
  const cancelled = sum((row) => row.cancelled);
  const blocked = sum((row) => row.blocked);
  const timed = lore.policy === 'after-sla' ? sum((row) => row.timed) : 0;
  const goesOn = sum((row) => row.running + row.ready + row.failed) + timed;
  if (goesOn > 0 || cancelled + blocked === 0) return null;
  const kinds = [...(cancelled > 0 ? [`${cancelled} cancelled`] : []), ...(blocked > 0 ? [`${blocked} blocked`] : [])];
  const them = cancelled + blocked === 1 ? 'it' : 'them';
  const how = [...(blocked > 0 ? ['unblocks'] : []), ...(cancelled > 0 ? ['resumes'] : [])].join(' or ');
  return `${STANDS_STILL}: ${kinds.join(' and ')}; nothing else can run until somebody ${how} ${them} (see the backlog)`;
}

function toSummary(row: PlanRow): PlanSummary {
  return {
    id: row.id,
    projectId: row.project_id,
    title: row.title,
    author: row.author,
    status: row.status,
    statusReason: row.status_reason,
    briefDigest: row.brief_digest,
    createdAt: row.created_at.toISOString(),
    startedAt: row.started_at?.toISOString() ?? null,
    finishedAt: row.finished_at?.toISOString() ?? null,
  };
}
