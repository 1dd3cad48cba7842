import type { Binding, Usage } from '@fiction/contracts';
import { Batcher, Database } from '@fiction/platform';
import { Injectable } from '@nestjs/common';
import type { ClaimedRun } from '../runs/run.types';

/** What an earlier attempt has done already. */
export interface RecordedStep {
  kind: 'action' | 'model';
  result: unknown;
  response: unknown;
  /** Who has answered it, if it is a model's. */
  provider: string | null;
  model: string | null;
}

/** The recorded steps of a run's current revision by name, and what the run has used up over all revisions. */
export interface RecordedRun {
  steps: Map<string, RecordedStep>;
  usage: Usage;
}

type Asked = Pick<ClaimedRun, 'runId' | 'revision'>;

interface UsedRow {
  run_id: string;
  revision: number;
  calls: number;
  input_tokens: number;
  output_tokens: number;
  cost_usd: number;
}

interface StepRow extends RecordedStep, UsedRow {
  name: string;
}

const STEPS = `
  SELECT run_id, revision, name, kind, result::json, response::json, provider, model, (kind = 'model')::int AS calls, input_tokens, output_tokens, cost_usd
  FROM steps JOIN unnest($1::text[], $2::int[]) AS asked (run_id, revision) USING (run_id, revision)
  WHERE kind <> 'model-failure'`;
const EARLIER_REVISIONS = `
  SELECT run_id, asked.revision, count(*)::int AS calls, coalesce(sum(input_tokens), 0)::float8 AS input_tokens,
    coalesce(sum(output_tokens), 0)::float8 AS output_tokens, coalesce(sum(cost_usd), 0) AS cost_usd
  FROM steps JOIN unnest($1::text[], $2::int[]) AS asked (run_id, revision) USING (run_id)
  WHERE steps.revision < asked.revision AND kind = 'model' GROUP BY run_id, asked.revision`;

/** Reads what attempts before have left; of runs that are taken up together, as after the loss of a worker, together. */
@Injectable()
export class RecordedSteps {
  private readonly batcher = new Batcher<Asked, RecordedRun>((asked) => this.read(asked), {
    // Answers are long: the first runs go on before the last ones are read.
    maxItems: 32,
    maxFlushes: 2,
  });

  constructor(private readonly database: Database) {}

  of({ runId, revision }: Asked): Promise<RecordedRun> {
    return this.batcher.add({ runId, revision });
  }

  private async read(asked: Asked[]): Promise<RecordedRun[]> {
    // Two attempts of one run may ask at once, one of them in vain.
    const runs = [...new Map(asked.map((run) => [keyOf(run.runId, run.revision), run])).values()];
    const found = new Map(runs.map((run) => [keyOf(run.runId, run.revision), nothing()]));
    for (const row of await this.query<StepRow>(STEPS, runs)) {
      const run = found.get(keyOf(row.run_id, row.revision))!;
      run.steps.set(row.name, row);
      count(run.usage, row);
    }
    const revised = runs.filter(({ revision }) => revision > 1);
    const earlier = revised.length === 0 ? [] : await this.query<UsedRow>(EARLIER_REVISIONS, revised);
    for (const row of earlier) count(found.get(keyOf(row.run_id, row.revision))!.usage, row);
    return asked.map(({ runId, revision }) => found.get(keyOf(runId, revision))!);
  }

  private query<R>(text: string, runs: Asked[]): Promise<R[]> {
    return this.database.query<R>(text, [runs.map(({ runId }) => runId), runs.map(({ revision }) => revision)]);
  }
}

/**
 * Who has answered what was asked under `name`, if the last of its calls is on record from before.
 * @param met names of the steps that the attempt has come to
 */
export function answeredBefore(
  steps: ReadonlyMap<string, RecordedStep>,
  met: ReadonlySet<string>,
  name: string,
): Binding | undefined {
  let last = 1;
  while (met.has(callName(name, last + 1))) last += 1;
  const { provider = null, model = null } = steps.get(callName(name, last)) ?? {};
  return provider === null || model === null ? undefined : { provider, model };
}

/** The name of one of the calls that a question takes, counted from 1. */
export const callName = (name: string, call: number): string => `${name}~${call}`;

const keyOf = (runId: string, revision: number): string => `${revision} ${runId}`;

function nothing(): RecordedRun {
  return { steps: new Map(), usage: { calls: 0, inputTokens: 0, outputTokens: 0, costUsd: 0 } };
}

function count(usage: Usage, used: UsedRow): void {
  usage.calls += used.calls;
  usage.inputTokens += used.input_tokens;
  usage.outputTokens += used.output_tokens;
  usage.costUsd += used.cost_usd;
}
