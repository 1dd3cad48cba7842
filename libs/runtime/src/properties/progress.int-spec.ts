import { runFinished, runProgressed, runStarted } from '@fiction/contracts';
import { until } from '@fiction/testing';
import { RunBlockedError } from '../execution/errors';
import { proseTask } from '../testing/run.builder';
import { WorkerFixture } from '../testing/worker.fixture';

let fixture: WorkerFixture;
beforeAll(async () => {
  fixture = await WorkerFixture.start({ workers: 2, model: { answer: () => 'four words of prose' } });
});
afterAll(() => fixture.stop());

it('tells Enqueued, Started, Progress and Completed once each, in order, with what was used up so far', async () => {
  fixture.script = async (run) => {
    await run.ask('draft', proseTask('scene.draft', { run: run.runId }));
    run.progress(40, 'drafted');
    await run.ask('revise', proseTask('scene.revise', { run: run.runId }));
    run.progress(30, 'never back');
    run.progress(120, 'nearly');
    await run.step('count', async () => 4);
    return { message: 'written', details: { words: 4 } };
  };
  const ids = Array.from({ length: 30 }, (_, n) => `fiction:scene:told-${n}`);
  await fixture.begin(...ids.map((runId) => ({ runId, target: { chapter: 2, scene: 3 } })));
  await fixture.allEnded();
  for (const runId of ids) {
    const events = await fixture.events(runId);
    expect(
      events.map(({ status, percent, message, checkpoint, usage }) => [
        status,
        percent,
        message,
        checkpoint,
        usage.calls,
      ]),
    ).toEqual([
      ['Enqueued', 0, 'queued', 'pending', 0],
      ['Started', 0, 'started', 'in-progress', 0],
      ['Progress', 40, 'drafted', 'in-progress', 2],
      ['Progress', 99, 'nearly', 'in-progress', 2],
      ['Completed', 100, 'written', 'complete', 2],
    ]);
    expect(new Set(events.map((event) => event.eventId)).size).toBe(events.length);
    for (const event of events) {
      expect(event).toMatchObject({ runId, attempt: 1, revision: 1, details: { chapter: 2, scene: 3 } });
      expect(event.metadata).toMatchObject({ providerId: 'local', modelId: 'novelist', taskId: runId });
    }
    const { usage, details } = events.at(-1)!;
    const [row] = await fixture.query<{ input: number; output: number; cost: number }>(
      `SELECT sum(input_tokens)::int AS input, sum(output_tokens)::int AS output, sum(cost_usd) AS cost
       FROM steps WHERE run_id = $1`,
      [runId],
    );
    expect(usage).toEqual({ calls: 2, inputTokens: row!.input, outputTokens: row!.output, costUsd: row!.cost });
    expect(usage.costUsd).toBeCloseTo(row!.input + row!.output);
    expect(details).toMatchObject({ words: 4 });
  }
});

it('counts what is used up over failed attempts and unusable calls, replayed steps not twice', async () => {
  const runId = 'fiction:scene:resumed';
  fixture.script = async (run) => {
    await run.ask('draft', proseTask('scene.draft', { run: runId }));
    if (run.attempt < 3) throw new Error(`failure ${run.attempt}`);
    await run.ask('revise', proseTask('scene.revise', { run: runId }));
    return { message: 'done' };
  };
  await fixture.begin({ runId });
  await fixture.ended(runId);
  const events = await fixture.events(runId);
  expect(events.map(({ status, attempt, usage }) => [status, attempt, usage.calls])).toEqual([
    ['Enqueued', 1, 0],
    ['Started', 1, 0],
    ['Resumed', 2, 1],
    ['Started', 2, 1],
    ['Resumed', 3, 1],
    ['Started', 3, 1],
    ['Completed', 3, 2],
  ]);
});

it('never goes back when it is tried again or resumed, and begins anew with another input', async () => {
  const runId = 'fiction:scene:ahead';
  fixture.script = async (run) => {
    await run.ask('draft', proseTask('scene.draft', { run: runId, revision: run.revision }));
    run.progress(60, 'drafted');
    await run.step('check', async () => true);
    if (run.attempt === 1) throw new Error('once');
    if (run.resumption === 0) throw new RunBlockedError('lore is missing', { reason: 'LORE_MISSING' });
    return { message: 'done' };
  };
  await fixture.begin({ runId });
  expect(await fixture.ended(runId)).toMatchObject({ status: 'blocked' });
  await fixture.begin({ runId, resumption: 1 });
  await until('it is complete', async () => (await fixture.run(runId))?.status === 'complete');
  await fixture.begin({ runId, revision: 2, resumption: 1 });
  await until('it is made anew', async () => {
    const run = await fixture.run(runId);
    return run?.revision === 2 && run.status === 'complete';
  });
  expect((await fixture.events(runId)).map(({ status, percent }) => `${status} ${percent}`)).toEqual([
    ...['Enqueued 0', 'Started 0', 'Progress 60', 'Resumed 60', 'Started 60', 'Blocked 60'],
    ...['Resumed 60', 'Started 60', 'Completed 100'],
    ...['Resumed 0', 'Started 0', 'Progress 60', 'Completed 100'],
  ]);
});

it('tells what a blocked run waits for, without a model call', async () => {
  const runId = 'fiction:scene:blocked';
  fixture.models.reset();
  fixture.script = async (run) => {
    await run.lookUp('readiness', async () => ['lore-1', 'lore-2']);
    throw new RunBlockedError('lore is missing', { reason: 'LORE_MISSING', missing: ['lore-1', 'lore-2'] });
  };
  await fixture.begin({ runId });
  expect(await fixture.ended(runId)).toMatchObject({ status: 'blocked', failures: 0 });
  expect((await fixture.events(runId)).at(-1)).toMatchObject({
    status: 'Blocked',
    message: 'lore is missing',
    details: { reason: 'LORE_MISSING', missing: ['lore-1', 'lore-2'] },
  });
  expect(fixture.models.count()).toBe(0);
});

it('sends what begins and what ends a run under subjects of their own', async () => {
  const rows = await fixture.query<{ subject: string; statuses: string[] }>(
    `SELECT subject, array_agg(DISTINCT event ->> 'status' ORDER BY event ->> 'status') AS statuses
     FROM outbox, json_array_elements(body -> 'events') AS event GROUP BY subject ORDER BY subject`,
  );
  expect(rows).toEqual([
    { subject: runFinished.subject, statuses: ['Blocked', 'Completed'] },
    { subject: runProgressed.subject, statuses: ['Enqueued', 'Progress', 'Resumed'] },
    { subject: runStarted.subject, statuses: ['Started'] },
  ]);
});
