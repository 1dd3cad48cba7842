import type { FictionPhaseProgressed } from '@fiction/contracts';
import { behave, until } from '@fiction/testing';
import type { Socket } from 'socket.io-client';
import { BacklogClient } from '../book/backlog-client';
import { briefOf } from '../book/book-under-test';
import { SystemInProcess } from './system-in-process';

jest.setTimeout(60_000);

/** Until its world a book has come a short way. */
const WORLD_WITHIN_MS = 20_000;

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

it('while a model server starts up its run waits, the item and the plan say so, and then no longer', async () => {
  const loading = { kind: 'status', status: 503, body: 'Loading model' } as const;
  const latch = new Promise<void>((open) => (letGo = open));
  // It answers one call, and leaves the next one open.
  system.models.script('world.domain', [loading, loading, loading, behave.answer(), behave.latch(latch)]);
  const planId = await system.client.createPlan(briefOf({ chapters: 1, scenesPerChapter: 1, continuity: 'loose' }));
  const heard: FictionPhaseProgressed[] = [];
  socket = backlog.listen(planId, heard);

  const waits = async () =>
    (await backlog.page(planId, '?status=running&reason=PROVIDER_NOT_READY')).items.find(
      ({ phase }) => phase === 'world',
    );
  const waiting = await until('the world waits', waits, WORLD_WITHIN_MS);
  expect(waiting.reason).toBe('waits for wire/novelist: HTTP 503, Loading model');
  const { progress } = (await system.client.plan(planId)) as unknown as { progress: object[] };
  expect(progress).toContainEqual(expect.objectContaining({ phase: 'world', running: 1, waiting: 1 }));

  const goesOn = async () => (await backlog.again(waiting)).reasonCode === null;
  await until('it goes on', goesOn, WORLD_WITHIN_MS);
  expect(await backlog.again(waiting)).toMatchObject({ status: 'running', reason: null });
  const waited = heard.filter(({ details }) => details['waits'] === true);
  expect(waited.map(({ status, message }) => `${status} ${message}`)).toEqual(
    waited.map(() => 'Resumed waits for wire/novelist: HTTP 503, Loading model'),
  );
  expect(waited).toHaveLength(3);
});
