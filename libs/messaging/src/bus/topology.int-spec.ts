import { COMMAND_STREAM, CONSUMERS, EVENT_STREAM, planChanged, natsServer } from '@fiction/contracts';
import { HealthRegistry, loadConfig } from '@fiction/platform';
import { startTestNats, until, type TestNats } from '@fiction/testing';
import { connect, NatsError, type JetStreamManager, type NatsConnection } from 'nats';
import { randomUUID } from 'node:crypto';
import { Bus } from './bus.service';
import { NotStoredError } from './stream-publisher';

let server: TestNats;
let nats: NatsConnection;
const buses: Bus[] = [];
beforeAll(async () => {
  server = await startTestNats();
  nats = await connect({ ...natsServer(server.url), maxReconnectAttempts: -1, reconnectTimeWait: 20 });
  const config = loadConfig('telemetry', {
    DATABASE_URL: 'postgres://127.0.0.1:1/none',
    REDIS_URL: 'redis://127.0.0.1:1',
    NATS_URL: server.url,
  });
  for (let count = 0; count < 3; count += 1) buses.push(new Bus(config, new HealthRegistry()));
  await Promise.all(buses.map((bus) => bus.onModuleInit()));
});
afterAll(async () => {
  await Promise.all(buses.map((bus) => bus.close()));
  await nats.close();
  await server.stop();
});

it('is made by replicas that start together', async () => {
  const manager = await nats.jetstreamManager();
  for (const consumer of CONSUMERS) {
    expect((await manager.consumers.info(consumer.stream, consumer.name)).config.filter_subject).toBe(consumer.filter);
  }
});

it('takes no message that a consumer would miss, however soon after its loss', async () => {
  let stored = 0;
  let over = false;
  const publishing = (async () => {
    while (!over) {
      const message = { id: randomUUID(), subject: planChanged.subject, body: '{}' };
      await buses[0]!.publish([message]).then(
        () => (stored += 1),
        () => buses[1]!.ensureTopology().catch(() => undefined),
      );
    }
  })();
  const manager = await nats.jetstreamManager();
  try {
    for (let round = 0; round < 15; round += 1) {
      await until('something is stored', () => stored > 0);
      // What was stored a moment before the last loss may be told of after it: then there is nothing to lose yet.
      await manager.streams.delete(EVENT_STREAM.name).catch(unlessItIsGone);
      stored = 0;
    }
    await until('something is stored', () => stored > 20);
  } finally {
    // Whatever has become of the test: a publisher that goes on over a closed connection would never let go.
    over = true;
    await publishing;
  }
  const { state } = await manager.streams.info(EVENT_STREAM.name);
  const history = await manager.consumers.info(EVENT_STREAM.name, 'telemetry-history');
  // A message that came before the consumer would have been dropped: the place of the first one kept tells.
  expect({ first: state.first_seq, pending: history.num_pending }).toEqual({ first: 1, pending: state.messages });
});

it('begins a stream closed: until all of its consumers are there it takes nothing', async () => {
  const manager = await nats.jetstreamManager();
  const { consumers } = (buses[0] as unknown as { manager: JetStreamManager }).manager;
  const add = consumers.add.bind(consumers);
  let open!: () => void;
  const opened = new Promise<void>((resolve) => (open = resolve));
  const adding = jest.spyOn(consumers, 'add').mockImplementation(async (...given) => {
    await opened;
    return add(...given);
  });
  await manager.streams.delete(EVENT_STREAM.name);
  const ensured = buses[0]!.ensureTopology();
  await until('its consumers are being made', () => adding.mock.calls.length > 0);
  const message = { id: randomUUID(), subject: planChanged.subject, body: '{}' };
  await expect(buses[1]!.publish([message])).rejects.toThrow(NotStoredError);
  open();
  await ensured;
  adding.mockRestore();
  expect(await buses[1]!.publish([message])).toEqual([1]);
});

it('tells whoever asked when NATS is back, once its streams are there again', async () => {
  const manager = await buses[2]!.nats.jetstreamManager({ checkAPI: false });
  const seen = new Promise<string[]>((resolve, reject) =>
    buses[2]!.onReconnect(() => void manager.streams.names().next().then(resolve, reject)),
  );
  await server.instance.kill();
  await server.instance.start();
  expect((await seen).toSorted()).toEqual([COMMAND_STREAM.name, EVENT_STREAM.name].toSorted());
});

function unlessItIsGone(error: unknown): void {
  if (!(error instanceof NatsError && error.api_error?.code === 404)) throw error;
}
