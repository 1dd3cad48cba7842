import { cancelRunCommandOf, COMMAND_STREAM, EVENT_STREAM, planChanged, type PlanEvent } from '@fiction/contracts';
import { until } from '@fiction/testing';
import { Bus } from '../bus/bus.service';
import { Puller } from '../inbox/puller';
import { MessagingFixture, noting } from '../testing/messaging.fixture';
import { MessageTooLargeError, Outbox, outgoing, type PlacedMessage } from './outbox';
import { OutboxRelay } from './outbox.relay';

const cancel = cancelRunCommandOf('scene-weaver');
const CONSUMER = 'scene-weaver-commands';
/** What arrives when NATS is back arrives by and by: nothing here is about how soon, and the machine may be busy. */
const BY_AND_BY_MS = 40_000;
jest.setTimeout(100_000);

let fixture: MessagingFixture;
/** Set by a test that wants the handler to wait. */
let gate: Promise<void> = Promise.resolve();
beforeAll(async () => {
  fixture = await MessagingFixture.start({
    handle: (handlers) =>
      handlers.register(cancel, async (bodies, uow) => {
        await gate;
        await noting<{ runId: string }>((body) => body.runId)(bodies, uow);
      }),
  });
});
afterAll(() => fixture.stop());
beforeEach(async () => {
  gate = Promise.resolve();
  await fixture.query('TRUNCATE notes');
});

const names = (prefix: string, count: number): string[] => Array.from({ length: count }, (_, n) => `${prefix}-${n}`);
const send = (ids: string[]) =>
  fixture.send(
    cancel,
    ids.map((runId) => ({ runId, reason: 'because' })),
  );
const waiting = async (): Promise<number> =>
  (await fixture.query<{ count: number }>('SELECT count(*)::int AS count FROM outbox'))[0]!.count;

const bus = (): Bus => fixture.replicas[0]!.get(Bus, { strict: false });
/** The relay with its rounds, which a test need not wait for. */
const relay = () =>
  fixture.replicas[0]!.get(OutboxRelay, { strict: false }) as unknown as {
    settle(): Promise<void>;
    sweep(): Promise<void>;
    relay(rows: PlacedMessage[]): void;
  };
/** As if it had lain there for long. */
const age = () => fixture.query(`UPDATE outbox SET created_at = now() - interval '1 minute'`);

it('publishes nothing that was rolled back', async () => {
  const outbox = fixture.replicas[0]!.get(Outbox, { strict: false });
  const undone = fixture.database.transaction(async (uow) => {
    await outbox.add(uow, [outgoing(cancel, { runId: 'undone', reason: 'because' })]);
    throw new Error('changed my mind');
  });
  await expect(undone).rejects.toThrow('changed my mind');
  await send(['done']);
  await until('the other is handled', async () => (await fixture.notes()).length > 0);
  expect(await fixture.notes()).toEqual(['done']);
});

it('publishes in the order in which it was committed, and deletes what all have received', async () => {
  const ids = names('ordered', 300);
  for (let start = 0; start < ids.length; start += 10) await send(ids.slice(start, start + 10));
  await until('all are handled', async () => (await fixture.notes()).length === ids.length);
  expect(await fixture.notes()).toEqual(ids);
  await until('the outbox is empty', async () => (await waiting()) === 0);
});

it('keeps what nobody has received yet', async () => {
  const event: PlanEvent = {
    eventId: 'e',
    planId: 'p',
    branch: 'main',
    status: 'running',
    reason: null,
    occurredAt: new Date().toISOString(),
  };
  await fixture.send(planChanged, [event]);
  await until('it is noted as published', async () => {
    const rows = await fixture.query('SELECT 1 FROM outbox WHERE stream_seq IS NOT NULL');
    return rows.length === 1;
  });
  await relay().settle();
  expect(await waiting()).toBe(1);
  const manager = await fixture.nats.jetstreamManager();
  await manager.streams.purge(EVENT_STREAM.name);
  await until('the outbox is empty', async () => (await waiting()) === 0);
});

it('leaves to itself what it has published and is not settled yet', async () => {
  let open!: () => void;
  gate = new Promise((resolve) => (open = resolve));
  const publishing = jest.spyOn(bus(), 'publish');
  await send(['in-hand']);
  await until('it is published', () => publishing.mock.results.length === 1);
  await publishing.mock.results[0]!.value;
  await age();
  await relay().sweep();
  expect(publishing).toHaveBeenCalledTimes(1);
  publishing.mockRestore();
  open();
  await until('the outbox is empty', async () => (await waiting()) === 0);
});

it('survives that NATS is away: what is sent meanwhile arrives, in order', async () => {
  const ids = names('away', 50);
  const interrupting = jest.spyOn(Puller.prototype, 'interrupt');
  await fixture.server.instance.kill();
  for (const id of ids) await send([id]);
  await age();
  // What waits here is not left by anybody: to look for that does not wait for NATS.
  await relay().sweep();
  await fixture.server.instance.start();
  // What was asked for before is not waited for.
  await until('messages are asked for anew', () => interrupting.mock.calls.length > 0, BY_AND_BY_MS);
  await until('all are handled', async () => (await fixture.notes()).length === ids.length, BY_AND_BY_MS);
  expect(await fixture.notes()).toEqual(ids);
});

it('holds so much in memory while nothing can be published, and leaves the rest in the outbox', async () => {
  await until('the outbox is empty', async () => (await waiting()) === 0);
  let open!: () => void;
  const away = new Promise<void>((resolve) => (open = resolve));
  const published = new Set<string>();
  const publishing = jest.spyOn(bus(), 'publish').mockImplementation(async (rows) => {
    await away;
    for (const { id } of rows) published.add(id);
    return rows.map(() => 0);
  });
  const rowsOf = (ids: string[]): PlacedMessage[] =>
    ids.map((id, n) => ({
      id,
      position: String(-n),
      stream: COMMAND_STREAM.name,
      subject: cancel.subject,
      body: '{}',
    }));
  const many = names('held', 20_001);
  relay().relay(rowsOf(many));
  relay().relay([{ ...rowsOf(['left'])[0]!, position: '-30000' }]);
  open();
  await until('what is held is published', () => published.size >= many.length);
  publishing.mockRestore();
  await send(['after']);
  await until('what comes then is relayed again', async () => (await fixture.notes()).includes('after'));
  expect(published.has('left')).toBe(false);
});

it('keeps what a stream refuses, and publishes it when that takes messages again', async () => {
  const manager = await fixture.nats.jetstreamManager();
  await manager.streams.update(COMMAND_STREAM.name, { max_msg_size: 1 });
  // Whoever is refused makes sure of the streams, and opens it again.
  const ids = names('refused', 20);
  await send(ids);
  await until('all are handled', async () => (await fixture.notes()).length === ids.length);
  expect(await fixture.notes()).toEqual(ids);
});

it('publishes again what JetStream lost before it was received, and it is handled once', async () => {
  const ids = names('wiped', 700);
  let open!: () => void;
  gate = new Promise((resolve) => (open = resolve));
  await send(ids.slice(0, 300));
  await send(ids.slice(300, 600));
  await fixture.server.instance.wipe();
  open();
  await send(ids.slice(600));
  await until('all are handled', async () => new Set(await fixture.notes()).size === ids.length, BY_AND_BY_MS);
  await until('the outbox is empty', async () => (await waiting()) === 0, BY_AND_BY_MS);
  await fixture.settled(COMMAND_STREAM.name, CONSUMER);
  expect((await fixture.notes()).sort()).toEqual([...ids].sort());
  expect(await fixture.query('SELECT * FROM dead_letters')).toEqual([]);
});

it.each([
  ['has left in its outbox', '-1 minute'],
  ['has left there before the clock of PostgreSQL was set back', '1 hour'],
])('publishes what a process that died %s', async (_what, age) => {
  const body = JSON.stringify({ runId: `left ${age}`, reason: 'because' });
  await fixture.query(
    `INSERT INTO outbox (id, stream, subject, body, created_at)
     VALUES (gen_random_uuid(), $1, $2, $3, now() + $4::interval)`,
    [COMMAND_STREAM.name, cancel.subject, body, age],
  );
  await until('it is handled', async () => (await fixture.notes()).includes(`left ${age}`));
  await until('the outbox is empty', async () => (await waiting()) === 0);
});

it('refuses a message that the bus could never carry before anything is stored', () => {
  expect(() => outgoing(cancel, { runId: 'long', reason: 'é'.repeat(500_000) })).toThrow(MessageTooLargeError);
  expect(() => outgoing(cancel, { runId: 7 } as never)).toThrow('runId');
});
