import { runStarted, type BacklogItem } from '@fiction/contracts';
import { MessageHandlers } from '@fiction/messaging';
import { join } from 'node:path';
import { BranchesService } from '../../branches/branches.service';
import { ACTOR, PlannerFixture } from '../../testing/planner-fixture';
import { ActionLog } from '../action-log';
import { ItemActions } from '../item-actions';
import { PlanControls } from '../plan-controls';

/** What people ask for that cannot be meant, or not now: refused by a code of its own, logged, and nothing is changed. */

let fixture: PlannerFixture;
let planId: string;
beforeAll(async () => {
  // It has a provider of which only some models may be bound.
  const providers = join(__dirname, '../../../../../examples/providers.yaml');
  fixture = await PlannerFixture.start({ FICTION_PROVIDERS: providers });
});
afterAll(() => fixture.stop());
beforeEach(async () => (planId = await fixture.createPlan()));

const itemOf = async (phase: string, branch = 'main'): Promise<BacklogItem> =>
  (await fixture.items(planId, branch)).find((item) => item.phase === phase)!;
const runOf = (phase: string) => fixture.runs.open(planId).find(({ start }) => start.phase === phase)!;
const resume = ({ itemId, metadata }: BacklogItem, change: object = {}, more: object = {}) =>
  fixture
    .get(ItemActions)
    .resume({ ...ACTOR, planId, itemId, metadata: { ...metadata, ...change }, rebind: false, ...more });
const cancel = ({ itemId }: BacklogItem) => fixture.get(ItemActions).cancel({ ...ACTOR, planId, itemId });
const controls = () => fixture.get(PlanControls);
const branches = () => fixture.get(BranchesService);
const codes = async () => (await fixture.get(ActionLog).list({ planId, limit: 100 })).items.map(({ code }) => code);

async function failedVision(): Promise<BacklogItem> {
  fixture.runs.fail(runOf('vision'));
  await fixture.hear(planId);
  return itemOf('vision');
}

it.each(['queued', 'running'])('an item that is %s is not resumed', async (status) => {
  if (status === 'running') {
    const { start } = runOf('vision');
    fixture.runs.complete(runOf('vision'));
    const [event] = fixture.runs.take(planId, 1);
    const begun = { ...event!, runId: start.runId, status: 'Started' as const };
    const { handle } = fixture.get(MessageHandlers).find(runStarted.subject)!;
    await fixture.transaction((uow) => handle([{ events: [begun] }], uow));
  }
  const vision = await itemOf('vision');
  expect(vision.status).toBe(status);
  await expect(resume(vision)).rejects.toMatchObject({ code: 'ITEM_RUNNING', status: 409 });
  expect(await codes()).toEqual(['ITEM_RUNNING']);
  expect(await itemOf('vision')).toEqual(vision);
});

it.each(['planId', 'backlogItemId', 'correlationId'] as const)(
  'the metadata of another item is refused by its %s, and that of the item is taken as it is',
  async (field) => {
    const failed = await failedVision();
    await expect(resume(failed, { [field]: 'other' })).rejects.toMatchObject({
      code: 'METADATA_MISMATCH',
      status: 422,
      errors: [{ field }],
    });
    expect(await codes()).toEqual(['METADATA_MISMATCH']);
    expect(await itemOf('vision')).toEqual(failed);
    await resume(failed, { [field]: undefined });
    expect((await itemOf('vision')).status).toBe('queued');
  },
);

it('each field that is of another item is named, and the metadata as the item shows it is taken whole', async () => {
  const failed = await failedVision();
  const others = { planId: 'a', backlogItemId: 'b', correlationId: 'c' };
  await expect(resume(failed, others)).rejects.toMatchObject({
    errors: Object.keys(others).map((field) => ({ field })),
  });
  await resume(failed);
  expect((await itemOf('vision')).status).toBe('queued');
});

it('an item is not bound to a model that its provider does not offer, and to one that it offers it is', async () => {
  const failed = await failedVision();
  const to = (modelId: string) => resume(failed, { providerId: 'gateway', modelId }, { rebind: true });
  await expect(to('medium')).rejects.toMatchObject({
    code: 'MODEL_UNKNOWN',
    status: 422,
    errors: [{ field: 'modelId' }],
  });
  expect(await codes()).toEqual(['MODEL_UNKNOWN']);
  expect((await to('small')).item).toMatchObject({
    status: 'queued',
    metadata: { providerId: 'gateway', modelId: 'small' },
  });
});

it('nothing of an archived branch is resumed', async () => {
  await fixture.goOn(planId);
  const scene = await itemOf('scene');
  await branches().fork({ ...ACTOR, planId, name: 'alt', from: 'main', at: scene.itemId, changes: {} });
  await branches().archive({ ...ACTOR, planId, branch: 'alt' });
  await fixture.goOn(planId);
  const own = (await fixture.items(planId, 'alt')).find((item) => item.branch === 'alt' && item.pending === 0)!;
  expect(own.status).toBe('cancelled');
  await expect(resume(own)).rejects.toMatchObject({ code: 'BRANCH_ARCHIVED', status: 409 });
  expect(fixture.runs.open(planId)).toEqual([]);
  expect((await codes())[0]).toBe('BRANCH_ARCHIVED');
  // Nor does what names too little leave a mark, or is anything cancelled.
  const archived = { code: 'BRANCH_ARCHIVED', status: 409 };
  await expect(resume(own, { conversationId: undefined })).rejects.toMatchObject(archived);
  const of = { ...ACTOR, planId };
  await expect(fixture.get(ItemActions).cancel({ ...of, itemId: own.itemId })).rejects.toMatchObject(archived);
  await expect(fixture.get(PlanControls).cancelBranch({ ...of, branch: 'alt' })).rejects.toMatchObject(archived);
  expect((await fixture.items(planId, 'alt')).find(({ itemId }) => itemId === own.itemId)).toEqual(own);
});

it('beyond the budget not even one item goes on, until the budget is raised', async () => {
  const spent = 10_000;
  await fixture.query(`UPDATE plans SET brief = jsonb_set(brief, '{budget,tokens}', '5000') WHERE id = $1`, [planId]);
  const vision = runOf('vision');
  await fixture.complete(vision);
  fixture.runs.events.forEach((event) => Object.assign(event, { usage: { ...event.usage, inputTokens: spent } }));
  await fixture.hear(planId);
  expect(await fixture.plan(planId)).toMatchObject({
    status: 'paused',
    statusReason: 'BUDGET_EXCEEDED: 10000 of 5000 tokens spent',
  });
  const world = await itemOf('world');
  expect(world.status).toBe('ready');
  await expect(resume(world)).rejects.toMatchObject({ code: 'BUDGET_EXCEEDED', status: 409 });
  const raise = (tokens?: number) => controls().resume({ ...ACTOR, planId, ...(tokens && { budget: { tokens } }) });
  await expect(raise()).rejects.toMatchObject({ code: 'BUDGET_EXCEEDED', status: 409 });
  await expect(raise(spent - 1)).rejects.toMatchObject({ code: 'BUDGET_EXCEEDED' });
  expect(fixture.runs.open(planId)).toEqual([]);
  await raise(spent);
  await fixture.goOn(planId);
  expect((await fixture.plan(planId)).status).toBe('complete');
});

it('what was stopped with the plan, and then for itself, does not go on with the plan', async () => {
  await controls().pause({ ...ACTOR, planId });
  await cancel(await itemOf('vision'));
  await controls().resume({ ...ACTOR, planId });
  expect(await itemOf('vision')).toMatchObject({ status: 'cancelled' });
  await resume(await itemOf('vision'));
  await fixture.goOn(planId);
  expect((await fixture.plan(planId)).status).toBe('complete');
});

describe('a key stands for one request', () => {
  const idempotencyKey = 'once';
  const refused = { code: 'IDEMPOTENCY_KEY_REUSED', status: 409, errors: [{ field: 'Idempotency-Key' }] };

  it('of a resume: the same again acts once, another binding or another action is refused', async () => {
    const failed = await failedVision();
    const first = await resume(failed, {}, { idempotencyKey });
    const again = await resume(failed, {}, { idempotencyKey, actor: 'another', source: 'cli' });
    expect([first.repeated, again.repeated]).toEqual([false, true]);
    expect(again.actionId).toBe(first.actionId);
    const rebound = resume(failed, { providerId: 'local' }, { idempotencyKey, rebind: true });
    await expect(rebound).rejects.toMatchObject(refused);
    await expect(resume(failed, { modelId: undefined }, { idempotencyKey })).rejects.toMatchObject(refused);
    await expect(controls().pause({ ...ACTOR, planId, idempotencyKey })).rejects.toMatchObject(refused);
    expect((await itemOf('vision')).resumption).toBe(1);
  });

  it('of the resume of a plan: another budget is refused', async () => {
    await controls().pause({ ...ACTOR, planId });
    const goOn = (usd: number) => controls().resume({ ...ACTOR, planId, budget: { usd }, idempotencyKey });
    await goOn(5);
    expect((await goOn(5)).repeated).toBe(true);
    await expect(goOn(6)).rejects.toMatchObject(refused);
    expect((await fixture.plan(planId)).brief.budget.usd).toBe(5);
  });

  it('of a fork: other changes are refused', async () => {
    const fork = (tone: string) =>
      branches().fork({ ...ACTOR, planId, name: 'alt', from: 'main', changes: { tone }, idempotencyKey });
    await fork('bitter');
    expect((await fork('bitter')).repeated).toBe(true);
    await expect(fork('sweet')).rejects.toMatchObject(refused);
  });

  it('that was refused it does not stand for: the request may be mended', async () => {
    const failed = await failedVision();
    await expect(resume(failed, { agentId: 'other' }, { idempotencyKey })).rejects.toMatchObject({
      code: 'TASK_OF_OTHER_AGENT',
    });
    expect((await resume(failed, {}, { idempotencyKey })).repeated).toBe(false);
  });
});
