import {
  startRunsCommandOf,
  taskMetadataSchema,
  type BacklogItem,
  type FictionPhaseProgressed,
  type TaskMetadata,
} from '@fiction/contracts';
import { Outbox } from '@fiction/messaging';
import { Database } from '@fiction/platform';
import { behave, until } from '@fiction/testing';
import type { Queue } from 'bull';
import type { Socket } from 'socket.io-client';
import { RUN_QUEUE } from '../../libs/runtime/src/queue/run-queue.token';
import { BacklogClient } from '../book/backlog-client';
import { briefOf } from '../book/book-under-test';
import { SystemInProcess } from './system-in-process';

/**
 * The metadata contract, whole: whatever field is lost, at whatever hand-over, it is missed by its name, the item is
 * blocked, an event and an alert say so, and no model is asked; put back by a resume, the item gets going.
 */

jest.setTimeout(120_000);

/** Until its scene a book has come a long way. */
const SCENE_WITHIN_MS = 60_000;
const BRIEF = briefOf({ chapters: 1, scenesPerChapter: 1, continuity: 'loose' });
const FIELDS = Object.keys(taskMetadataSchema.shape) as (keyof TaskMetadata)[];
/** A person who resumes names these; plan and item are in the address, the rest is the planner's to say. */
const NAMED: (keyof TaskMetadata)[] = [
  'taskId',
  'conversationId',
  'conversationPlanId',
  'agentId',
  'providerId',
  'modelId',
];

let system: SystemInProcess;
const backlog = new BacklogClient(() => system.client);
let planId: string;
let failed: BacklogItem;
let socket: Socket;
const heard: FictionPhaseProgressed[] = [];

beforeAll(async () => {
  system = await SystemInProcess.start();
  // The scene fails in its second call, however often it is resumed.
  system.models.script(
    'scene.critique',
    Array.from({ length: 100 }, () => behave.status(400)),
  );
  planId = await system.client.createPlan(BRIEF);
  socket = backlog.listen(planId, heard);
  failed = await backlog.itemOf(planId, 'failed', SCENE_WITHIN_MS);
});
afterAll(async () => {
  socket?.disconnect();
  await system?.stop();
});
afterEach(() => jest.restoreAllMocks());

/** Each hands the item over once, and loses `field` on the way. */
const handOver = {
  async REST(field: keyof TaskMetadata): Promise<void> {
    const refused = await backlog.resume(failed, { [field]: undefined });
    expect(refused).toMatchObject({ status: 400, body: { code: 'METADATA_MISSING' } });
    expect(refused.body.errors).toEqual([expect.objectContaining({ field })]);
  },

  async bus(field: keyof TaskMetadata): Promise<void> {
    const outbox = system.get('planner', Outbox);
    const add = outbox.add.bind(outbox);
    const { subject } = startRunsCommandOf('scene-weaver');
    jest.spyOn(outbox, 'add').mockImplementation((uow, messages) =>
      add(
        uow,
        messages.map((message) =>
          message.subject === subject ? { ...message, body: without(message.body, field) } : message,
        ),
      ),
    );
    expect((await backlog.resume(failed)).status).toBe(202);
  },

  async job(field: keyof TaskMetadata): Promise<void> {
    const queue = system.get<Queue>('scene-weaver', RUN_QUEUE);
    await queue.pause(true, true);
    expect((await backlog.resume(failed)).status).toBe(202);
    await until('its job is in the queue', async () =>
      (await queue.getWaiting()).some(({ data }) => data.runId === failed.runId),
    );
    await system
      .get('scene-weaver', Database)
      .query('UPDATE runs SET metadata = metadata - $2::text WHERE id = $1', [failed.runId, field]);
    await queue.resume(true);
  },
};

function without(body: string, field: keyof TaskMetadata): string {
  const { starts } = JSON.parse(body) as { starts: { metadata: Partial<TaskMetadata> }[] };
  for (const start of starts) delete start.metadata[field];
  return JSON.stringify({ starts });
}

const cells = [
  ...NAMED.map((field) => ['REST', field] as const),
  ...FIELDS.map((field) => ['bus', field] as const),
  ...FIELDS.map((field) => ['job', field] as const),
];

it.each(cells)(
  '%s without %s: missed by its name, blocked, told, alerted, not run; put back, it goes',
  async (way, field) => {
    const calls = system.models.count();
    const seq = heard.at(-1)?.seq ?? 0;
    const alerts = (status: string) => backlog.alerts(planId, 'metadata-missing', status);
    const before = (await alerts('resolved')).length;

    await handOver[way](field);
    const blocked = await backlog.itemOf(planId, 'blocked');
    expect(blocked).toMatchObject({ itemId: failed.itemId, reasonCode: 'METADATA_MISSING' });
    expect(blocked.reason).toContain(field);
    const event = await until('an event tells of it', () =>
      heard.find((one) => one.seq > seq && one.runId === failed.runId && one.status === 'Blocked'),
    );
    expect(event.details).toMatchObject({ reason: 'METADATA_MISSING', missing: [field] });
    const [alert] = await until('an alert is open', async () => {
      const open = await alerts('open');
      return open.length > 0 && open;
    });
    expect(alert).toMatchObject({
      itemIds: [failed.itemId],
      severity: 'critical',
      count: 1,
      details: { runId: failed.runId, missing: [field] },
    });
    expect(system.models.count()).toBe(calls);

    jest.restoreAllMocks();
    expect((await backlog.resume(failed)).status).toBe(202);
    await until('it has run', async () => (await backlog.again(failed)).status === 'failed');
    expect(system.models.count()).toBe(calls + 1);
    await until('the alert is closed', async () => (await alerts('resolved')).length === before + 1);
    expect(await alerts('open')).toEqual([]);
  },
);

it('goes on to the end of the book when nothing is lost any more', async () => {
  system.models.reset();
  expect((await backlog.resume(failed)).status).toBe(202);
  await until('the book is complete', async () => (await system.client.plan(planId)).status === 'complete');
  expect(system.models.count('scene.draft')).toBe(0);
});
