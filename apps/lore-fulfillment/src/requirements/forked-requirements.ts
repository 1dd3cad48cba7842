import type { UnitOfWork } from '@fiction/platform';
import { ForkedBranches, jobNameSql, sharesRun, type Fork } from '@fiction/runtime';
import { Injectable, type OnModuleInit } from '@nestjs/common';

/**
 * SQL: for the requirements `r` and forks `f` that `which` chooses, gives the branch its own row of each requirement that a
 * run it shares has declared and no run it shares has fulfilled. Rows of one id that one run has declared say the same,
 * whatever branch they are on.
 */
const copy = (which: string): string => `
  WITH forked AS (
    INSERT INTO requirements (id, plan_id, branch, domain, name, why, chapter, scene, source, status)
    SELECT DISTINCT ON (r.id, f.branch) r.id, r.plan_id, f.branch, r.domain, r.name, r.why, r.chapter, r.scene, r.source,
      'planned'
    FROM requirements r JOIN forks f ON f.plan_id = r.plan_id AND f.parts_missing = 0
    WHERE ${which} AND ${sharesRun('f.plan_id', 'f.branch', 'r.source')}
      AND (SELECT 1 FROM requirements o
        WHERE o.id = r.id AND ${sharesRun('f.plan_id', 'f.branch', jobNameSql('lore', 'o.id', 'o.branch'))}
        LIMIT 1) IS NULL
    ORDER BY r.id, f.branch
    ON CONFLICT DO NOTHING
    RETURNING id, plan_id, branch, source)
  INSERT INTO requirement_events (requirement_id, plan_id, branch, status, source, note)
  SELECT n.id, n.plan_id, n.branch, 'planned', 'automation', 'declared by ' || n.source || ', forked from ' || f.parent
  FROM forked n JOIN forks f ON f.plan_id = n.plan_id AND f.branch = n.branch`;

const OF_FORK = copy('r.plan_id = $1 AND f.branch = $2');
const OF_DECLARED = copy('r.id = ANY($1::text[])');

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
  constructor(private readonly branches: ForkedBranches) {}

  onModuleInit(): void {
    this.branches.whenForked((uow, fork) => this.fork(uow, fork));
  }

  /** To be called before requirements of these plans are declared, in the same transaction. */
  async declaring(uow: UnitOfWork, planIds: readonly string[]): Promise<void> {
    await uow.query(DECLARING, [planIds]);
  }

  /** Gives what was declared to the branches that share who declared it: the news of a fork may come first. */
  async declared(uow: UnitOfWork, requirementIds: readonly string[]): Promise<void> {
    await uow.query(OF_DECLARED, [requirementIds]);
  }

  private async fork(uow: UnitOfWork, { planId, branch }: Fork): Promise<void> {
    await uow.query(FORKING, [planId]);
    await uow.query(OF_FORK, [planId, branch]);
  }
}
