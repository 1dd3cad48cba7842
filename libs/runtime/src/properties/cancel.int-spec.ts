import { behave, until } from '@fiction/testing';
import { Liveness } from '../liveness/liveness';
import { RunClaims } from '../runs/run-claims';
import { RunExecutor } from '../execution/run-executor';
import { Reconciler } from '../reconciler/reconciler';
import { proseTask } from '../testing/run.builder';
import { WorkerFixture } from '../testing/worker.fixture';

let fixture: WorkerFixture;
beforeAll(async () => {
  fixture = await WorkerFixture.start({ workers: 2 });
});
afterAll(() => fixture.stop());
beforeEach(() => fixture.models.reset());
afterEach(() => jest.restoreAllMocks());

it('ends a queued run at once', async () => {
  const runId = 'fiction:scene:queued';
  const claims = fixture.workers.map((worker) =>
    jest.spyOn(worker.get(RunClaims), 'take').mockResolvedValue(undefined),
  );
  await fixture.begin({ runId });
  await fixture.cancel(runId);
  for (const claim of claims) claim.mockRestore();
  const run = await fixture.run(runId);
  expect(run.status).toBe('cancelled');
  expect(run.finished_at).not.toBeNull();
  expect(await fixture.statuses(runId)).toEqual(['Enqueued', 'Cancelled']);
});

/** A run in its second model call, which hangs. */
async function inACall(runId: string): Promise<void> {
  fixture.models.script('scene.revise', [behave.hang()]);
  fixture.script = async (run) => {
    await run.ask('draft', proseTask('scene.draft', { runId }));
    await run.ask('revise', proseTask('scene.revise', { runId }));
    await run.step('after', async () => 'never');
    return { message: 'never' };
  };
  await fixture.begin({ runId });
  await fixture.models.waitForCall((call) => call.task === 'scene.revise');
}

async function expectCancelled(runId: string, askedAt: number): Promise<void> {
  const call = await fixture.models.waitForCall((each) => each.abortedAt !== undefined);
  expect(call.abortedAt! - askedAt).toBeLessThan(1_000);
  expect(await fixture.ended(runId)).toMatchObject({ status: 'cancelled', attempt: 1, failures: 0, calls: 1 });
  expect((await fixture.steps(runId)).map((step) => step.name)).toEqual(['draft~1']);
  expect(await fixture.statuses(runId)).toEqual(['Enqueued', 'Started', 'Cancelled']);
  expect((await fixture.events(runId)).at(-1)).toMatchObject({ checkpoint: 'cancelled', usage: { calls: 1 } });
}

it('closes the connection of a model call within a second, and records nothing from then on', async () => {
  const runId = 'fiction:scene:in-a-call';
  await inACall(runId);
  const askedAt = performance.now();
  await fixture.cancel(runId);
  await expectCancelled(runId, askedAt);
});

it('does so even when nobody heard that it was cancelled', async () => {
  const runId = 'fiction:scene:unheard';
  await inACall(runId);
  for (const worker of fixture.workers) worker.get(Liveness).whenCancelled(() => undefined);
  const askedAt = performance.now();
  await fixture.cancel(runId);
  await expectCancelled(runId, askedAt);
  for (const worker of fixture.workers) {
    worker.get(Liveness).whenCancelled((id, attempt) => worker.get(RunExecutor).cancel(id, attempt));
  }
});

it('ends a run whose runner does not notice, instead of completing it', async () => {
  const runId = 'fiction:scene:deaf';
  let open!: () => void;
  const gate = new Promise<void>((resolve) => (open = resolve));
  fixture.script = async (run) => {
    run.signal.addEventListener('abort', () => open(), { once: true });
    await gate;
    return { message: 'done all the same' };
  };
  await fixture.begin({ runId });
  await until('it is running', async () => (await fixture.run(runId)).status === 'running');
  await fixture.cancel(runId);
  expect(await fixture.ended(runId)).toMatchObject({ status: 'cancelled' });
  expect(await fixture.statuses(runId)).toEqual(['Enqueued', 'Started', 'Cancelled']);
});

it('cancels a run that waits for its next attempt', async () => {
  const runId = 'fiction:scene:between';
  fixture.script = async () => {
    throw Object.assign(new Error('later'), { retryAfterMs: 60_000 });
  };
  await fixture.begin({ runId });
  await until('it waits', async () => (await fixture.run(runId)).attempt === 2);
  await fixture.cancel(runId);
  expect((await fixture.run(runId)).status).toBe('cancelled');
});

it('begins nothing of a run that was asked to end in the moment in which it went back to the queue, and ends it', async () => {
  const runId = 'fiction:scene:back-in-the-queue';
  let begun = 0;
  fixture.script = async () => {
    begun += 1;
    throw Object.assign(new Error('later'), { retryAfterMs: 60_000 });
  };
  await fixture.begin({ runId });
  await until('it waits', async () => (await fixture.run(runId)).attempt === 2);
  await fixture.query('UPDATE runs SET cancel_requested_at = now(), available_at = now() WHERE id = $1', [runId]);
  await fixture.workers[0]!.get(RunExecutor).execute(runId, 2);
  // It is looked for once in so many rounds.
  for (const worker of fixture.workers) Object.assign(worker.get(Reconciler), { round: 0 });
  expect(await fixture.ended(runId)).toMatchObject({ status: 'cancelled', attempt: 2 });
  expect(begun).toBe(1);
  expect((await fixture.statuses(runId)).at(-1)).toBe('Cancelled');
});

it('does not hit the next revision when it comes late', async () => {
  const runId = 'fiction:scene:late';
  let open!: () => void;
  const gate = new Promise<void>((resolve) => (open = resolve));
  fixture.script = async (run) => {
    if (run.revision === 2) await gate;
    return { message: 'done' };
  };
  await fixture.begin({ runId });
  await fixture.ended(runId);
  await fixture.begin({ runId, revision: 2 });
  await until('it is running', async () => (await fixture.run(runId)).status === 'running');
  for (const worker of fixture.workers) worker.get(RunExecutor).cancel(runId, 1);
  open();
  expect(await fixture.ended(runId)).toMatchObject({ status: 'complete', revision: 2 });
});

it('changes nothing about a run that has ended', async () => {
  const runId = 'fiction:scene:over';
  fixture.script = async () => ({ message: 'done' });
  await fixture.begin({ runId });
  await fixture.ended(runId);
  await fixture.cancel(runId);
  expect((await fixture.run(runId)).status).toBe('complete');
  expect(await fixture.statuses(runId)).toEqual(['Enqueued', 'Started', 'Completed']);
});
