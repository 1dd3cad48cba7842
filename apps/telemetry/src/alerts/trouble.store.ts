import { storableJson, type UnitOfWork } from '@fiction/platform';
import { Injectable } from '@nestjs/common';
import type { RefusingProvider } from './rules/refusing';
import type { TroubledRun } from './rules/troubled-run';

/** Those that are not there yet are put there; a row that is there is "updated" to what it is, which locks it. */
const TAKE = `
  WITH run AS (
    INSERT INTO run_troubles (run_id, facts)
    SELECT facts->>'runId', facts FROM jsonb_array_elements($1::jsonb) AS given (facts) ORDER BY facts->>'runId'
    ON CONFLICT (run_id) DO UPDATE SET run_id = excluded.run_id
    RETURNING facts
  ), provider AS (
    INSERT INTO provider_refusals (provider_id, facts)
    SELECT facts->>'providerId', facts FROM jsonb_array_elements($2::jsonb) AS given (facts)
    ORDER BY facts->>'providerId'
    ON CONFLICT (provider_id) DO UPDATE SET provider_id = excluded.provider_id
    RETURNING facts
  )
  SELECT facts AS run, NULL AS provider FROM run UNION ALL SELECT NULL, facts FROM provider`;

const DUE = `
  SELECT facts AS run FROM run_troubles WHERE due_at <= $1 ORDER BY due_at LIMIT $2 FOR UPDATE SKIP LOCKED`;

const KEEP = `
  WITH run AS (
    UPDATE run_troubles SET facts = given.facts, due_at = given.due_at
    FROM json_to_recordset($1::json) AS given (facts jsonb, due_at timestamptz)
    WHERE run_troubles.run_id = given.facts->>'runId'
  )
  UPDATE provider_refusals SET facts = given.facts, refusing = given.refusing
  FROM json_to_recordset($2::json) AS given (facts jsonb, refusing boolean)
  WHERE provider_refusals.provider_id = given.facts->>'providerId'`;

/** A run, and when the sweep has to look at it. */
export interface DueRun {
  run: TroubledRun;
  dueMs: number | undefined;
}

/** What the rules remember of runs and providers. Who takes it has it alone until the end of the transaction. */
@Injectable()
export class TroubleStore {
  /** What is known; of what was never in trouble before, what is given. */
  async take(
    uow: UnitOfWork,
    given: { runs: TroubledRun[]; providers: RefusingProvider[] },
  ): Promise<{ runs: TroubledRun[]; providers: RefusingProvider[] }> {
    const rows = await uow.query<{ run: TroubledRun | null; provider: RefusingProvider | null }>(TAKE, [
      storableJson(given.runs),
      storableJson(given.providers),
    ]);
    return {
      runs: rows.flatMap(({ run }) => run ?? []),
      providers: rows.flatMap(({ provider }) => provider ?? []),
    };
  }

  /** At most `most` runs that the sweep has to look at, and that nobody else has. */
  async due(uow: UnitOfWork, now: Date, most: number): Promise<TroubledRun[]> {
    return (await uow.query<{ run: TroubledRun }>(DUE, [now, most])).map(({ run }) => run);
  }

  /** Keeps what was taken, changed. */
  async keep(uow: UnitOfWork, changed: { runs: DueRun[]; providers: RefusingProvider[] }): Promise<void> {
    await uow.query(KEEP, [
      storableJson(
        changed.runs.map(({ run, dueMs }) => ({
          facts: run,
          due_at: dueMs === undefined ? null : new Date(dueMs).toISOString(),
        })),
      ),
      storableJson(
        changed.providers.map((provider) => ({ facts: provider, refusing: provider.refusalsMs.length > 0 })),
      ),
    ]);
  }
}
