import { Batcher, Database, type UnitOfWork } from '@fiction/platform';
import { sharedOrOwn, type Lineage } from '@fiction/runtime';
import { Injectable } from '@nestjs/common';

export interface WorldRecord {
  planId: string;
  branch: string;
  runId: string;
  revision: number;
  premiseNames: string[];
}

const COMPLETE = `
  INSERT INTO worlds (plan_id, branch, edition, run_id, revision, premise_names) VALUES ($1, $2, 1, $3, $4, $5)
  ON CONFLICT (plan_id, branch) DO UPDATE SET
    edition = worlds.edition + 1, run_id = excluded.run_id, revision = excluded.revision,
    premise_names = excluded.premise_names, completed_at = now()`;
/** $2: the lineage; what is read is what its first branch sees. */
const OWN = '($2::text[])[1]';
const STANDING = `
  SELECT w.branch, w.edition,
    -- Of one plan they are made one after the other, so that the newest tells of all.
    (SELECT coalesce(max(e.position), 0)::text FROM entry_edits e
      WHERE e.plan_id = $1 AND e.branch = ANY($2::text[])) AS edits,
    (SELECT count(*)::int FROM persona_versions v WHERE v.plan_id = $1 AND v.branch = ${OWN}) AS changes,
    (SELECT 1 FROM persona_words p WHERE p.plan_id = $1 AND p.branch = ${OWN} LIMIT 1) IS NOT NULL AS "hasWords",
    (SELECT 1 FROM obligation_actions a WHERE a.plan_id = $1 AND a.branch = ${OWN} LIMIT 1) IS NOT NULL AS "hasActions"
  FROM worlds w
  WHERE w.plan_id = $1 AND w.branch = ANY($2::text[]) AND ${sharedOrOwn('w', OWN)}
  ORDER BY array_position($2::text[], w.branch) LIMIT 1`;
const CHANGED = 'UPDATE worlds SET edition = edition + 1 WHERE plan_id = $1 AND branch = $2';

/** The world that a branch sees, and what people have done there besides. */
export interface StandingWorld {
  /** Where the world lies: the branch that made it. */
  branch: string;
  edition: number;
  /** The newest edit by a person, of this branch or one before it. */
  edits: string;
  /** How often people have changed a baseline on the reader's branch. */
  changes: number;
  /** Whether people have said or taken back, on the reader's branch, what somebody knows or thinks. */
  hasWords: boolean;
  /** Whether people have done anything with an obligation there. */
  hasActions: boolean;
}

/** Who asks for the world of one branch while an answer is on its way shares the next: none is older than its question. */
const READS = { maxItems: 256, maxFlushes: 1 };
interface Asked {
  planId: string;
  lineage: Lineage;
}

/** Which worlds stand, and in which edition. */
@Injectable()
export class Worlds {
  private readonly reads = new Batcher<Asked, StandingWorld | undefined>((asked) => this.readAll(asked), READS);

  constructor(private readonly database: Database) {}

  /** The world that the first branch of the lineage sees; nothing before its world phase is complete. */
  standing(planId: string, lineage: Lineage): Promise<StandingWorld | undefined> {
    return this.reads.add({ planId, lineage });
  }

  async complete(uow: UnitOfWork, world: WorldRecord): Promise<void> {
    const { planId, branch, runId, revision, premiseNames } = world;
    await uow.query(COMPLETE, [planId, branch, runId, revision, JSON.stringify(premiseNames)]);
  }

  /** To be told by whoever changes what all scenes share, in the same transaction. */
  async changed(uow: UnitOfWork, planId: string, branch: string): Promise<void> {
    await uow.query(CHANGED, [planId, branch]);
  }

  private async readAll(asked: Asked[]): Promise<Promise<StandingWorld | undefined>[]> {
    const reads = new Map<string, Promise<StandingWorld | undefined>>();
    const answers = asked.map(({ planId, lineage }) => {
      const of = `${planId}\n${lineage[0]}`;
      const read = reads.get(of) ?? this.read(planId, lineage);
      reads.set(of, read);
      return read;
    });
    // A plan whose world cannot be read keeps no other from its own.
    await Promise.allSettled(reads.values());
    return answers;
  }

  private async read(planId: string, lineage: Lineage): Promise<StandingWorld | undefined> {
    const [world] = await this.database.query<StandingWorld>(STANDING, [planId, lineage]);
    return world;
  }
}
