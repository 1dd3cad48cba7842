import { behave } from '@fiction/testing';
import { draft, startWire, stopWires } from './wire/wire.fixture';

const binding = { provider: 'local', model: 'novelist' };
const { signal } = new AbortController();
/** Room for one call a minute of those that are asked here, and not for two. */
const ROOM = { tokensPerMinute: 350, stream: false };

afterEach(stopWires);

const aTick = (): Promise<unknown> => new Promise((resolve) => setImmediate(resolve));

it.each([
  ['is recorded', (settle: { resolve: () => void; reject: (error: Error) => void }) => settle.resolve()],
  ['could not be recorded', (settle: { reject: (error: Error) => void }) => settle.reject(new Error('no room'))],
])('a call keeps its slot until its answer %s', async (_what, end) => {
  const wire = await startWire({ concurrency: 1, stream: false });
  let settle!: { resolve: () => void; reject: (error: Error) => void };
  const recorded = new Promise<void>((resolve, reject) => (settle = { resolve, reject }));
  await wire.client.call({ binding, task: draft, signal, record: () => recorded });
  const next = wire.ask();
  await aTick();
  expect(wire.client.load()).toMatchObject([{ inFlight: 1, queued: 1 }]);
  end(settle);
  await next;
  expect(wire.server.count()).toBe(2);
});

it('a call that is not wanted any more when it has its slot is not made, and takes nothing of the minute', async () => {
  const wire = await startWire(ROOM);
  const heed = (): never => {
    throw new Error('the budget is spent');
  };
  await expect(wire.client.call({ binding, task: draft, signal, heed })).rejects.toThrow('the budget is spent');
  expect(wire.server.count()).toBe(0);
  await expect(wire.ask()).resolves.toBeDefined();
});

it('a call that the provider has not begun on takes nothing of the minute', async () => {
  const wire = await startWire(ROOM);
  wire.server.script('scene.draft', [behave.status(503)]);
  expect(await wire.failure()).toMatchObject({ code: 'PROVIDER_NOT_READY' });
  await expect(wire.ask()).resolves.toBeDefined();
});

it('a call that was made and brought nothing is counted as all that it may have taken', async () => {
  const wire = await startWire(ROOM);
  wire.server.script('scene.draft', [behave.status(500)]);
  expect(await wire.failure()).toMatchObject({ code: 'PROVIDER_UNAVAILABLE' });
  expect(await wire.failure()).toMatchObject({ code: 'PROVIDER_THROTTLED' });
  expect(wire.server.count()).toBe(1);
});

it('a provider that asks to be left alone is not asked by the next call', async () => {
  const wire = await startWire({ stream: false });
  wire.server.script('scene.draft', [behave.throttle(60)]);
  expect(await wire.failure()).toMatchObject({ code: 'PROVIDER_THROTTLED', status: 429 });
  const next = await wire.failure();
  expect(next).toMatchObject({ code: 'PROVIDER_THROTTLED' });
  expect(next.retryAfterMs).toBeGreaterThan(50_000);
  expect(wire.server.count()).toBe(1);
});
