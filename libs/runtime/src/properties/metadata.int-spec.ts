import { runTargetSchema, startRunsCommand, startRunsSchema, taskMetadataSchema, natsServer } from '@fiction/contracts';
import { until } from '@fiction/testing';
import { connect, headers } from 'nats';
import { Nudger } from '../queue/nudger';
import { metadataOf } from '../testing/run.builder';
import { WorkerFixture } from '../testing/worker.fixture';

let fixture: WorkerFixture;
let executed = 0;
beforeAll(async () => {
  fixture = await WorkerFixture.start();
  fixture.script = async () => {
    executed += 1;
    return { message: 'done' };
  };
});
afterAll(() => fixture.stop());

const fields = Object.keys(taskMetadataSchema.shape) as (keyof typeof taskMetadataSchema.shape)[];

it.each(fields)('without %s a run is blocked and names it, and nothing runs', async (field) => {
  const runId = `fiction:scene:without-${field}`;
  const { [field]: _gone, ...metadata } = metadataOf();
  await fixture.begin({ runId, metadata });
  expect(await fixture.run(runId)).toMatchObject({
    status: 'blocked',
    details: { reason: 'METADATA_MISSING', missing: [field] },
  });
  expect(await fixture.events(runId)).toMatchObject([
    { status: 'Blocked', details: { reason: 'METADATA_MISSING', missing: [field] }, usage: { calls: 0 } },
  ]);
  expect((await fixture.events(runId))[0]!.message).toContain(field);
});

it.each(fields)('a job whose run has lost its %s is blocked and names it; resumed with it, it runs', async (field) => {
  const runId = `fiction:scene:lost-${field}`;
  const nudger = fixture.workers[0]!.get(Nudger);
  const nudge = jest.spyOn(nudger, 'nudge').mockReturnValue(undefined);
  await fixture.begin({ runId });
  nudge.mockRestore();
  await fixture.query(`UPDATE runs SET metadata = metadata - $2::text WHERE id = $1`, [runId, field]);
  const before = executed;
  nudger.nudge([{ runId, attempt: 1, delayMs: 0 }]);
  expect(await fixture.ended(runId)).toMatchObject({ status: 'blocked', details: { missing: [field] } });
  expect((await fixture.events(runId)).at(-1)).toMatchObject({
    status: 'Blocked',
    details: { reason: 'METADATA_MISSING', missing: [field] },
    usage: { calls: 0 },
  });
  expect(executed).toBe(before);
  await fixture.begin({ runId, resumption: 1 });
  expect(await fixture.ended(runId)).toMatchObject({ status: 'complete', attempt: 2 });
  executed = before;
});

it('names all that is missing, blanks too, and lets the neighbours run', async () => {
  await fixture.begin(
    { runId: 'fiction:scene:whole-1' },
    { runId: 'fiction:scene:gaps', metadata: { ...metadataOf(), providerId: ' ', modelId: '' } },
    { runId: 'fiction:scene:bare', metadata: {} },
    { runId: 'fiction:scene:whole-2' },
  );
  await fixture.allEnded();
  expect((await fixture.run('fiction:scene:gaps')).details).toMatchObject({ missing: ['providerId', 'modelId'] });
  expect((await fixture.run('fiction:scene:bare')).details).toMatchObject({ missing: fields });
  expect((await fixture.run('fiction:scene:whole-1')).status).toBe('complete');
  expect((await fixture.run('fiction:scene:whole-2')).status).toBe('complete');
  expect(executed).toBe(2);
  expect(fixture.models.count()).toBe(0);
});

it('runs once the gap is closed by a new revision', async () => {
  const runId = 'fiction:scene:closed-gap';
  await fixture.begin({ runId, metadata: {} });
  await fixture.begin({ runId, revision: 2 });
  expect(await fixture.ended(runId)).toMatchObject({ status: 'complete', revision: 2 });
});

it('takes commands off the bus, and blocks those with gaps all the same', async () => {
  const nats = await connect(natsServer(fixture.nats.url));
  const contract = startRunsCommand('scene');
  for (const [n, metadata] of [metadataOf(), {}].entries()) {
    const runId = `fiction:scene:commanded-${n}`;
    const head = headers();
    head.set('Nats-Msg-Id', runId);
    const target = runTargetSchema.parse({ chapter: 1, scene: 1 });
    const base = { runId, revision: 1, planId: 'plan-1', branch: 'main', phase: 'scene' as const };
    const body = JSON.stringify(startRunsSchema.parse({ starts: [{ ...base, target, metadata }] }));
    await nats.jetstream().publish(contract.subject, body, { headers: head });
  }
  await nats.close();
  await until(
    'both are on record',
    async () => (await fixture.query(`SELECT 1 FROM runs WHERE id LIKE '%commanded%'`)).length === 2,
  );
  expect(await fixture.ended('fiction:scene:commanded-0')).toMatchObject({ status: 'complete' });
  expect(await fixture.ended('fiction:scene:commanded-1')).toMatchObject({ status: 'blocked' });
});
