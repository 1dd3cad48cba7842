import { Clock, type UnitOfWork } from '@fiction/platform';
import { ForkedBranches, jobNameSql, sharesRun, type Fork } from '@fiction/runtime';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { SlaClocks } from '../clock/sla-clocks';
import { AUTOMATION, type RequirementRow } from '../requirement.types';
import { Timeline } from '../timeline/timeline';

type CopiedRow = RequirementRow & { parent: string };

/**
 * SQL: for the requirements `r` and forks `f` that `which` chooses, gives the branch its own row of each requirement that a
 * run it shares has declared and no run it shares has fulfilled. Rows of one id that one run has declared say the same,
 * whatever branch they are on. What waits for it there, and since when, is for the branch to say. A contradiction belongs
 * to the prose of one scene: a branch that shares the scene shares how it was settled, and any other finds its own.
 * @param at SQL of what time it is
 */
const copy = (which: string, at: string): string => `
  INSERT INTO requirements AS n (id, plan_id, branch, domain, name, why, kind, chapter, scene, source, conversation_id,
    plan_pass_id, backlog_item_id, policy, sla_seconds, approval, status, created_at, updated_at)
  SELECT DISTINCT ON (r.id, f.branch) r.id, r.plan_id, f.branch, r.domain, r.name, r.why, r.kind, r.chapter, r.scene,
    r.source, 'conversation:author:' || r.plan_id || '@' || f.branch, r.plan_pass_id,
    regexp_replace(${jobNameSql('lore', 'r.id', 'f.branch')}, '^fiction:', 'item:'), r.policy, r.sla_seconds, r.approval,
    'planned', ${at}, ${at}
  FROM requirements r JOIN forks f ON f.plan_id = r.plan_id AND f.parts_missing = 0
  WHERE ${which} AND r.kind = 'entry' AND ${sharesRun('f.plan_id', 'f.branch', 'r.source')}
    AND (SELECT 1 FROM requirements o
      WHERE o.id = r.id AND ${sharesRun('f.plan_id', 'f.branch', jobNameSql('lore', 'o.id', 'o.branch'))}
      LIMIT 1) IS NULL
  ORDER BY r.id, f.branch
  ON CONFLICT DO NOTHING
  RETURNING n.*, (SELECT parent FROM forks f WHERE f.plan_id = n.plan_id AND f.branch = n.branch) AS parent`;

const OF_FORK = copy('r.plan_id = $1 AND f.branch = $2', '$3::timestamptz');
const OF_DECLARED = copy('r.id = ANY($1::text[])', '$2::timestamptz');
/** Who asks for it on the branch: the runs it shares, of all that ask for it elsewhere. */
const COPY_SOURCES = `
  INSERT INTO requirement_sources (requirement_id, plan_id, branch, source, at)
  SELECT DISTINCT ON (s.requirement_id, n.branch, s.source) s.requirement_id, s.plan_id, n.branch, s.source, s.at
  FROM requirement_sources s JOIN unnest($1::text[], $2::text[]) AS n (id, branch) ON n.id = s.requirement_id
  WHERE ${sharesRun('s.plan_id', 'n.branch', 's.source')}
  ORDER BY s.requirement_id, n.branch, s.source, s.at
  ON CONFLICT DO NOTHING`;

/*
 * Whoever declares and whoever forks must see each other, or a requirement that is declared while its plan is forked would
 * be on one side only. Declarations do not wait for one another.
 */
const lockName = (plan: string): string => `hashtextextended('requirements:' || ${plan}, 0)`;
const DECLARING = `
  SELECT pg_advisory_xact_lock_shared(lock)
  FROM (SELECT DISTINCT ${lockName('plan')} AS lock FROM unnest($1::text[]) AS plan ORDER BY lock) locks`;
const FORKING = `SELECT pg_advisory_xact_lock(${lockName('$1::text')})`;

/**
 * What is required on both sides of a fork exists on each: what fulfils it on one side is nothing to the other. What was
 * ready at the fork is shared instead.
 */
@Injectable()
export class ForkedRequirements implements OnModuleInit {
  constructor(
    private readonly branches: ForkedBranches,
    private readonly timeline: Timeline,
    private readonly clocks: SlaClocks,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.branches.whenForked((uow, fork) => this.fork(uow, fork));
  }

  /** To be called before requirements of these plans are declared, in the same transaction. */
  async declaring(uow: UnitOfWork, planIds: readonly string[]): Promise<void> {
    await uow.query(DECLARING, [planIds]);
  }

  /** Gives what was declared to the branches that share who declared it: the news of a fork may come first. */
  async declared(uow: UnitOfWork, requirementIds: readonly string[]): Promise<void> {
    await this.copied(uow, await uow.query<CopiedRow>(OF_DECLARED, [requirementIds, this.clock.now()]));
  }

  private async fork(uow: UnitOfWork, { planId, branch }: Fork): Promise<void> {
    await uow.query(FORKING, [planId]);
    await this.copied(uow, await uow.query<CopiedRow>(OF_FORK, [planId, branch, this.clock.now()]));
  }

  private async copied(uow: UnitOfWork, rows: readonly CopiedRow[]): Promise<void> {
    if (rows.length === 0) return;
    const ids = rows.map((row) => row.id);
    await uow.query(COPY_SOURCES, [ids, rows.map((row) => row.branch)]);
    await this.timeline.append(
      uow,
      rows.map((row) => ({
        requirement: row,
        from: null,
        to: 'planned',
        by: AUTOMATION,
        note: `declared by ${row.source}, forked from ${row.parent}`,
      })),
    );
    await this.clocks.start(uow, ids);
  }
}
