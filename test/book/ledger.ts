import type { RecordedCall } from '@fiction/testing';
import { visitPostgres } from '@fiction/stack';

const SCHEMAS = ['planner', 'world_bible', 'scene_weaver', 'lore_fulfillment'];

/** A model call that is on record. */
export interface RecordedStep {
  schema: string;
  runId: string;
  step: string;
  attempt: number;
}

/** What is on record about a plan, read where it lies: tests may look into every schema. */
export async function readLedger(
  databaseUrl: string,
  planId: string,
): Promise<{
  modelSteps: RecordedStep[];
  acceptedTwice: string[];
  unfinishedRuns: string[];
}> {
  return visitPostgres({ connectionString: databaseUrl }, async (client) => {
    const modelSteps: RecordedStep[] = [];
    const unfinishedRuns: string[] = [];
    for (const schema of SCHEMAS) {
      const steps = await client.query<{ run_id: string; name: string; attempt: number }>(
        `SELECT s.run_id, s.name, s.attempt FROM ${schema}.steps s JOIN ${schema}.runs r ON r.id = s.run_id
         WHERE r.plan_id = $1 AND s.kind = 'model'`,
        [planId],
      );
      for (const row of steps.rows)
        modelSteps.push({ schema, runId: row.run_id, step: row.name, attempt: row.attempt });
      const open = await client.query<{ id: string }>(
        `SELECT id FROM ${schema}.runs WHERE plan_id = $1 AND status <> 'complete'`,
        [planId],
      );
      unfinishedRuns.push(...open.rows.map((row) => row.id));
    }
    const twice = await client.query<{ scene_id: string }>(
      `SELECT scene_id FROM scene_weaver.draft_versions WHERE plan_id = $1 AND accepted
       GROUP BY scene_id, branch HAVING count(*) > 1`,
      [planId],
    );
    return { modelSteps, acceptedTwice: twice.rows.map((row) => row.scene_id), unfinishedRuns };
  });
}

/** Calls that were made again, by conversation: how many more than one. */
export function repetitions(calls: readonly RecordedCall[]): number {
  return calls.length - new Set(calls.map((call) => call.requestHash)).size;
}

/** Calls that were under way, or answered so lately that their record may not have been committed, at `moment`. */
export function inFlightAt(calls: readonly RecordedCall[], moment: number, commitMs: number): number {
  return calls.filter((call) => {
    const ended = call.answeredAt ?? call.abortedAt ?? Infinity;
    return call.at <= moment && ended >= moment - commitMs;
  }).length;
}
