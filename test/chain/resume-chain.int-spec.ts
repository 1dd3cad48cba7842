import type { FictionPhaseProgressed } from '@fiction/contracts';
import { behave, until } from '@fiction/testing';
import { METRICS_REGISTRY, SERVICE_CONFIG, type ServiceConfig } from '@fiction/platform';
import type { Queue } from 'bull';
import type { Registry } from 'prom-client';
import type { Socket } from 'socket.io-client';
import { Sweeper } from '../../apps/planner/src/sweep/sweeper';
import { RUN_QUEUE } from '../../libs/runtime/src/queue/run-queue.token';
import { BacklogClient } from '../book/backlog-client';
import { briefOf } from '../book/book-under-test';
import { SystemInProcess } from './system-in-process';

jest.setTimeout(120_000);

/** Until its scene a book has come a long way. */
const SCENE_WITHIN_MS = 60_000;

const BRIEF = briefOf({ chapters: 1, scenesPerChapter: 1, continuity: 'loose' });

let system: SystemInProcess;
const backlog = new BacklogClient(() => system.client);
let socket: Socket | undefined;
let letGo = (): void => undefined;
beforeAll(async () => (system = await SystemInProcess.start()));
afterAll(async () => {
  letGo();
  socket?.disconnect();
  await system?.stop();
});

it('a resume goes from the API by planner, queue, run and event to the socket; one that does not begin is told of', async () => {
  const latch = new Promise<void>((open) => (letGo = open));
  system.models.script('scene.critique', [behave.status(400), behave.latch(latch)]);
  const planId = await system.client.createPlan(BRIEF);
  const heard: FictionPhaseProgressed[] = [];
  socket = backlog.listen(planId, heard);
  const failed = await backlog.itemOf(planId, 'failed', SCENE_WITHIN_MS);
  const item = () => backlog.again(failed);
  const alertOf = async (status: string) => (await backlog.alerts(planId, 'resume-timeout', status))[0];
  const heardOf = () =>
    heard.filter(({ runId, resumption }) => runId === failed.runId && resumption === 1).map(({ status }) => status);
  const calls = system.models.count();

  // API and scheduler: nobody takes anything from the queue for now.
  const queue = system.get<Queue>('scene-weaver', RUN_QUEUE);
  await queue.pause(true, true);
  expect((await backlog.resume(failed)).status).toBe(202);
  expect(await item()).toMatchObject({ status: 'queued', resumption: 1, resumeTimedOut: false });
  expect((await item()).resumeRequestedAt).toBe(system.clock.now().toISOString());
  // Queue: the run is on record, and before the workers, as its second attempt.
  await until('it is in the queue', async () =>
    (await queue.getWaiting()).some(({ data }) => data.runId === failed.runId && data.attempt === 2),
  );
  // Event and WebSocket.
  await until('the socket hears that it is resumed', () => heardOf().includes('Resumed'));
  expect(heardOf()).toEqual(['Resumed']);

  // A moment before the limit nothing is said; at the limit it is.
  const sweeper = system.get('planner', Sweeper);
  const { resumeSeconds } = system.get<ServiceConfig>('planner', SERVICE_CONFIG);
  system.clock.advance(resumeSeconds * 1000);
  await sweeper.sweep();
  expect((await item()).resumeTimedOut).toBe(false);
  system.clock.advance(1);
  await sweeper.sweep();
  expect(await item()).toMatchObject({ status: 'queued', resumeTimedOut: true });
  const open = await until('the alert is open', () => alertOf('open'));
  expect(open).toMatchObject({ cause: failed.itemId, itemIds: [failed.itemId], severity: 'warning', count: 1 });
  const metrics = await system.get<Registry>('planner', METRICS_REGISTRY).metrics();
  expect(metrics).toMatch(/fiction_resume_timeouts_total\{[^}]*\} 1/);
  expect(system.models.count()).toBe(calls);

  // Run: it begins, and goes on with the call that failed.
  await queue.resume(true);
  await until('the socket hears that it has begun', () => heardOf().includes('Started'));
  await until('the planner has heard so too', async () => (await item()).status === 'running');
  expect(await item()).toMatchObject({ resumeRequestedAt: null, attempts: 2 });
  await sweeper.sweep();
  expect(await item()).toMatchObject({ status: 'running', resumeTimedOut: false });
  const closed = await until('the alert is closed', () => alertOf('resolved'));
  expect(closed).toMatchObject({ id: open.id, resolvedBy: null, count: 1 });
  await until('the call is made again', () => system.models.count() === calls + 1);
  expect(heardOf()).not.toContain('Completed');

  letGo();
  await until('the socket hears that it is complete', () => heardOf().includes('Completed'));
  const [resumed, started, ...rest] = heardOf().filter((status) => status !== 'Progress');
  expect([resumed, started, ...rest]).toEqual(['Resumed', 'Started', 'Completed']);
  expect(heard.map(({ seq }) => seq)).toEqual(heard.map((_, index) => index + 1));
  await until('the book is complete', async () => (await system.client.plan(planId)).status === 'complete');
  // Nothing that was recorded was asked for again.
  expect(system.models.calls.filter(({ task }) => task === 'scene.draft')).toHaveLength(1);
  expect(system.models.calls.filter(({ task }) => task === 'scene.critique')).toHaveLength(2);
});
