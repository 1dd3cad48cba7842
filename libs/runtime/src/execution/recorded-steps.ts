import type { Database } from '@fiction/platform';
import type { Usage } from '@fiction/contracts';
import type { ClaimedRun } from '../runs/run.types';

/** What an earlier attempt has done already. */
export interface RecordedStep {
  kind: 'action' | 'model';
  result: unknown;
  response: unknown;
}

interface StepRow extends RecordedStep {
  name: string;
  calls: number;
  input_tokens: number;
  output_tokens: number;
  cost_usd: number;
}

const STEPS = `
  SELECT name, kind, result, response, input_tokens, output_tokens, cost_usd FROM steps
  WHERE run_id = $1 AND revision = $2 AND kind <> 'model-failure'`;
const EARLIER_REVISIONS = `
  SELECT count(*)::int AS calls, coalesce(sum(input_tokens), 0)::float8 AS input_tokens,
    coalesce(sum(output_tokens), 0)::float8 AS output_tokens, coalesce(sum(cost_usd), 0) AS cost_usd
  FROM steps WHERE run_id = $1 AND revision < $2 AND kind = 'model'`;

/** The recorded steps of a run's current revision by name, and what the run has used up over all revisions. */
export async function loadRecordedSteps(
  database: Database,
  run: ClaimedRun,
): Promise<{ steps: Map<string, RecordedStep>; usage: Usage }> {
  const rows = await database.query<StepRow>(STEPS, [run.runId, run.revision]);
  const earlier = run.revision === 1 ? [] : await database.query<StepRow>(EARLIER_REVISIONS, [run.runId, run.revision]);
  const models = rows.filter((row) => row.kind === 'model').map((row) => ({ ...row, calls: 1 }));
  const usage: Usage = { calls: 0, inputTokens: 0, outputTokens: 0, costUsd: 0 };
  for (const row of [...models, ...earlier]) {
    usage.calls += row.calls;
    usage.inputTokens += row.input_tokens;
    usage.outputTokens += row.output_tokens;
    usage.costUsd += row.cost_usd;
  }
  return { steps: new Map(rows.map((row) => [row.name, row])), usage };
}
