import { Database } from '@fiction/platform';
import { behave, until } from '@fiction/testing';
import { MAX_LOSSES } from '../execution/failure';
import { Liveness } from '../liveness/liveness';
import { Nudger } from '../queue/nudger';
import { RUN_QUEUE } from '../queue/run-queue.token';
import { LostRuns } from '../reconciler/lost-runs';
import { Reconciler } from '../reconciler/reconciler';
import { RunClaims } from '../runs/run-claims';
import { proseTask } from '../testing/run.builder';
import { WorkerFixture } from '../testing/worker.fixture';
import type { Queue } from 'bull';

let fixture: WorkerFixture;
beforeEach(async () => {
  fixture = await WorkerFixture.start({ workers: 1 });
  await fixture.locksAreBelieved();
});
afterEach(() => fixture.stop());

const numbers = (count: number): number[] => Array.from({ length: count }, (_, index) => index + 1);

it("goes on with a dead worker's runs at another within a second, on their recorded steps", async () => {
  const executions: string[] = [];
  const begunAt = new Map<string, number>();
  fixture.script = async (run) => {
    if (run.runId.includes('warm-up')) return { message: 'warm' };
    if (run.attempt > 1 || run.runId.includes('fresh')) begunAt.set(run.runId, performance.now());
    if (run.runId.includes('fresh')) return { message: 'begun' };
    await run.step('first', async () => executions.push(`${run.runId} first`));
    await run.ask('draft', proseTask('scene.draft', { run: run.runId }));
    await run.ask('revise', proseTask('scene.revise', { run: run.runId }));
    return { message: 'done' };
  };
  // The second call of each run hangs at the first worker.
  const ids = numbers(8).map((n) => `fiction:scene:orphan-${n}`);
  fixture.models.script(
    'scene.revise',
    ids.map(() => behave.hang()),
  );
  await fixture.begin(...ids.map((runId) => ({ runId })));
  await until('every run is in its second call', () => fixture.models.count('scene.revise') === ids.length);

  await fixture.addWorker();
  // Both have done this before, as workers have that run for a while.
  const warmUps = numbers(20).map((n) => `fiction:scene:warm-up-${n}`);
  await fixture.begin(...warmUps.map((runId) => ({ runId })));
  for (const runId of warmUps) await fixture.ended(runId);
  const diedAt = performance.now();
  await fixture.workers[0]!.die();
  // As many that are new, at the same moment: what they take is what a busy machine takes for anything.
  const fresh = numbers(ids.length).map((n) => `fiction:scene:fresh-${n}`);
  const newAt = performance.now();
  await fixture.begin(...fresh.map((runId) => ({ runId })));
  await fixture.allEnded();
  const busyMs = Math.max(...fresh.map((runId) => begunAt.get(runId)!)) - newAt;

  for (const runId of ids) {
    expect(begunAt.get(runId)! - diedAt - busyMs).toBeLessThan(1_000);
    expect(await fixture.run(runId)).toMatchObject({
      status: 'complete',
      attempt: 2,
      losses: 1,
      failures: 0,
      calls: 2,
    });
    expect(await fixture.statuses(runId)).toEqual(['Enqueued', 'Started', 'Resumed', 'Started', 'Completed']);
  }
  expect(executions.length).toBe(ids.length);
  expect(fixture.models.count('scene.draft')).toBe(ids.length);
  expect(fixture.models.count('scene.revise')).toBe(2 * ids.length);
});

it('goes on, long before Bull would notice, with what a dead worker had taken from the queue and not yet claimed', async () => {
  const startedAt: number[] = [];
  fixture.script = async () => {
    startedAt.push(performance.now());
    return { message: 'done' };
  };
  const [first] = fixture.workers;
  const claims = jest.spyOn(first!.get(RunClaims), 'take').mockReturnValue(new Promise(() => undefined));
  const ids = numbers(5).map((n) => `fiction:scene:taken-${n}`);
  await fixture.begin(...ids.map((runId) => ({ runId })));
  await until('every nudge is taken', () => claims.mock.calls.length >= ids.length);
  // Something it has claimed too, by which its death is noticed.
  await fixture.query(`UPDATE runs SET status = 'running', worker_id = $1 WHERE id = $2`, [first!.id, ids[0]]);

  await fixture.addWorker();
  const diedAt = performance.now();
  await first!.die();
  await fixture.allEnded();
  // Half a minute is Bull's; a second on an idle machine is ours, and this one may be busy.
  expect(Math.max(...startedAt) - diedAt).toBeLessThan(5_000);
});

it('takes back what a living worker has claimed and does not have in hand', async () => {
  const [worker] = fixture.workers;
  fixture.script = async () => ({ message: 'done' });
  const claims = worker!.get(RunClaims);
  const take = claims.take.bind(claims);
  let lost = 0;
  jest.spyOn(claims, 'take').mockImplementation(async (runId, attempt) => {
    if (attempt > 1) return take(runId, attempt);
    lost += 1;
    throw new Error('the answer was lost');
  });
  await fixture.begin({ runId: 'fiction:scene:unheard' });
  await until('the claim was made', () => lost > 0);
  await fixture.query(`UPDATE runs SET status = 'running', worker_id = $1`, [worker!.id]);
  expect(await fixture.ended('fiction:scene:unheard')).toMatchObject({ status: 'complete', attempt: 2, losses: 1 });
});

it('gives up a run that takes every worker with it, after a bounded number', async () => {
  fixture.script = (run) =>
    new Promise((_, reject) => {
      run.signal.addEventListener('abort', () => reject(run.signal.reason as Error));
    });
  await fixture.begin({ runId: 'fiction:scene:killer' });
  // It has taken all but a few already.
  await fixture.query('UPDATE runs SET losses = $1', [MAX_LOSSES - 3]);
  for (let losses = MAX_LOSSES - 3; losses < MAX_LOSSES; losses += 1) {
    // A worker that died while it had the run: its number is held by nobody.
    const lose = `UPDATE runs SET worker_id = -1 WHERE status = 'running' AND losses = $1 RETURNING id`;
    await until('it is under way', async () => (await fixture.query(lose, [losses])).length === 1);
    await until('it is taken back', async () => (await fixture.run('fiction:scene:killer')).losses > losses);
  }
  const run = await fixture.run('fiction:scene:killer');
  expect(run).toMatchObject({ status: 'failed', losses: MAX_LOSSES, error: { code: 'WORKER_LOST' } });
  expect(run.finished_at).not.toBeNull();
  const events = await fixture.events('fiction:scene:killer');
  expect(events.at(-1)).toMatchObject({ status: 'Failed', details: { reason: 'WORKER_LOST' } });
});

it('nudges again what Redis has lost or never got', async () => {
  fixture.script = async () => ({ message: 'done' });
  const nudges = jest.spyOn(fixture.workers[0]!.get(Nudger), 'nudge').mockReturnValue(undefined);
  await fixture.begin({ runId: 'fiction:scene:lost-nudge' });
  nudges.mockRestore();
  const queue = fixture.workers[0]!.get<Queue>(RUN_QUEUE);
  expect(await queue.client.llen(queue.toKey('wait'))).toBe(0);
  expect(await fixture.ended('fiction:scene:lost-nudge')).toMatchObject({ status: 'complete', attempt: 1 });
});

it('tells all that a run has used which is cancelled after its worker has died', async () => {
  const runId = 'fiction:scene:lost-and-cancelled';
  fixture.models.script('second', [behave.hang()]);
  fixture.script = async (run) => {
    await run.ask('first', proseTask('first'));
    await run.ask('second', proseTask('second'));
    return { message: 'done' };
  };
  await fixture.begin({ runId });
  await fixture.models.waitForCall(({ task }) => task === 'second');
  const other = await fixture.addWorker();
  await other.get(Reconciler).stop();
  await fixture.workers[0]!.die();
  await fixture.cancel(runId);
  await until('it is taken back', () => other.get(LostRuns).takeBack([]));
  const { usage, status } = (await fixture.events(runId)).at(-1)!;
  expect(status).toBe('Cancelled');
  const [used] = await fixture.query<object>(
    `SELECT count(*)::int AS calls, sum(input_tokens)::int AS "inputTokens", sum(output_tokens)::int AS "outputTokens",
       sum(cost_usd) AS "costUsd" FROM steps WHERE kind = 'model'`,
  );
  expect(usage).toEqual(used);
  expect(usage.calls).toBe(1);
});

it('lets no run wait for as long as the clock of PostgreSQL was set back', async () => {
  await fixture.begin({ runId: 'fiction:scene:ahead' });
  await fixture.allEnded();
  await fixture.query(`
    UPDATE runs SET status = 'queued', attempt = attempt + 1, available_at = now() + interval '1 hour', finished_at = NULL`);
  await fixture.allEnded();
  expect(await fixture.run('fiction:scene:ahead')).toMatchObject({ status: 'complete', attempt: 2 });
});

describe('by locks that are not to be believed', () => {
  const runId = 'fiction:scene:maybe-lost';

  /** A run whose worker holds no lock, and a worker that looks for such only when it is told to. */
  async function seemsLost(): Promise<LostRuns> {
    const [worker] = fixture.workers;
    await worker!.get(Reconciler).stop();
    await fixture.begin({ runId });
    await fixture.ended(runId);
    await fixture.query(`UPDATE runs SET status = 'running', worker_id = -1, finished_at = NULL`);
    return worker!.get(LostRuns);
  }

  const untouched = { status: 'running', worker_id: -1, attempt: 1, losses: 0 };

  it.each([
    ['its own is gone', [false], 'nothing'],
    ['its own goes while it looks at those of the others', [true, false], 'cannot be trusted'],
  ])('nothing is taken back: %s', async (_what, answers, outcome) => {
    const lostRuns = await seemsLost();
    const believed = jest.spyOn(fixture.workers[0]!.get(Liveness), 'trustworthy', 'get');
    for (const answer of answers) believed.mockReturnValueOnce(answer);
    const taking = lostRuns.takeBack([]).then((any) => (any ? 'something' : 'nothing'), String);
    expect(await taking).toContain(outcome);
    expect(await fixture.run(runId)).toMatchObject(untouched);
  });

  it.each([
    ['a second ago, in which not all can have taken theirs again', `- interval '1 second'`, untouched],
    ['in the future, by a clock that was set back', `+ interval '1 hour'`, { attempt: 2, losses: 1 }],
  ])('what is taken back is right where PostgreSQL has started %s', async (_what, started, outcome) => {
    const lostRuns = await seemsLost();
    await fixture.query(`
      CREATE SCHEMA other_start;
      CREATE FUNCTION other_start.pg_postmaster_start_time() RETURNS timestamptz LANGUAGE sql STABLE
        AS $$ SELECT now() ${started} $$`);
    const database = fixture.workers[0]!.get(Database);
    const transaction = database.transaction.bind(database);
    jest.spyOn(database, 'transaction').mockImplementation(
      (work) =>
        transaction(async (uow) => {
          await uow.query('SET LOCAL search_path = scene_weaver, other_start, pg_catalog');
          return work(uow);
        }) as never,
    );
    await lostRuns.takeBack([]);
    expect(await fixture.run(runId)).toMatchObject(outcome);
  });
});
