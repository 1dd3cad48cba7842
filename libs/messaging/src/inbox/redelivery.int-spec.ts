import { cancelRunCommandOf, COMMAND_STREAM, startRunsCommandOf, type CancelRun } from '@fiction/contracts';
import { until } from '@fiction/testing';
import { nanos } from 'nats';
import { MessagingFixture, noting } from '../testing/messaging.fixture';

const CONSUMER = 'scene-weaver-commands';
const cancel = cancelRunCommandOf('scene-weaver');
const start = startRunsCommandOf('scene-weaver');

let fixture: MessagingFixture;
let batches: string[][] = [];
/** Batches that are yet to fail after their handler has done its work. */
let failures = 0;
/** What the first replica waits for before it handles anything. */
let gate: Promise<void> = Promise.resolve();
beforeAll(async () => {
  fixture = await MessagingFixture.start({
    replicas: 2,
    handle: (handlers, replica) => {
      const note = noting<CancelRun>((body) => body.runId);
      handlers.register(cancel, async (bodies, uow) => {
        if (replica === 0) await gate;
        batches.push(bodies.map((body) => body.runId));
        await note(bodies, uow);
        if (failures > 0) {
          failures -= 1;
          throw new Error('scripted');
        }
      });
      handlers.register(
        start,
        noting((body) => `start ${body.starts[0]!.runId}`),
      );
    },
  });
  // The stream must forget ids soon: here it is the inbox that is to know them.
  const manager = await fixture.nats.jetstreamManager();
  await manager.streams.update(COMMAND_STREAM.name, { duplicate_window: nanos(100) });
});
afterAll(() => fixture.stop());
beforeEach(async () => {
  batches = [];
  failures = 0;
  await fixture.query('TRUNCATE notes');
});

const numbers = (count: number): number[] => Array.from({ length: count }, (_, index) => index + 1);
const body = (runId: string): string => JSON.stringify({ runId, reason: 'because' });

it('handles a message once, however often it is delivered, by whichever replica', async () => {
  const ids = numbers(60).map((n) => `often-${n}`);
  for (let round = 1; round <= 3; round += 1) await Promise.all(ids.map(deliver));
  await fixture.settled(COMMAND_STREAM.name, CONSUMER);
  expect((await fixture.notes()).sort()).toEqual([...ids].sort());
});

it('takes no more than it can handle soon: a replica that stands still leaves the rest to the others', async () => {
  let open!: () => void;
  gate = new Promise((resolve) => (open = resolve));
  const ids = numbers(2_000).map((n) => `many-${n}`);
  const { consumers } = await fixture.nats.jetstreamManager();
  const { ack_wait: usual } = (await consumers.info(COMMAND_STREAM.name, CONSUMER)).config;
  // On a busy machine what is in hand would be delivered to the others, who would wait for the transaction that has it.
  await consumers.update(COMMAND_STREAM.name, CONSUMER, { ack_wait: nanos(60_000) });
  try {
    await Promise.all(ids.map((id) => fixture.publish(cancel.subject, body(id))));
    // What it has in hand, and what it has fetched meanwhile.
    await until('the others have the rest', async () => (await fixture.notes()).length >= ids.length - 3 * 256);
  } finally {
    open();
  }
  await fixture.settled(COMMAND_STREAM.name, CONSUMER);
  await consumers.update(COMMAND_STREAM.name, CONSUMER, { ack_wait: usual });
  expect(new Set(await fixture.notes()).size).toBe(ids.length);
});

it('delivers again what was rolled back, and leaves nothing of the failed try', async () => {
  failures = 2;
  await fixture.publish(cancel.subject, body('unlucky'));
  await fixture.settled(COMMAND_STREAM.name, CONSUMER);
  expect(batches).toEqual([['unlucky'], ['unlucky'], ['unlucky']]);
  expect(await fixture.notes()).toEqual(['unlucky']);
});

it('goes on when PostgreSQL ends every connection while messages are being handled', async () => {
  const ids = numbers(200).map((n) => `cut-${n}`);
  for (const id of ids) {
    void fixture.publish(cancel.subject, body(id));
    if (Number(id.slice(4)) % 40 === 0) {
      await fixture
        .query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database()`)
        .catch(() => undefined);
    }
  }
  await fixture.nats.flush();
  await fixture.settled(COMMAND_STREAM.name, CONSUMER);
  expect((await fixture.notes()).sort()).toEqual([...ids].sort());
  expect(await fixture.query('SELECT * FROM dead_letters')).toEqual([]);
});

it('keeps the order of what came in together, across kinds', async () => {
  const order = numbers(20).flatMap((n) => [`start run-${n}`, `run-${n}`]);
  // One replica may be ahead of the other; what one of them got is in order.
  await fixture.replicas.pop()!.close();
  await Promise.all(
    numbers(20).flatMap((n) => [
      fixture.publish(start.subject, JSON.stringify(startOf(`run-${n}`))),
      fixture.publish(cancel.subject, body(`run-${n}`)),
    ]),
  );
  await fixture.settled(COMMAND_STREAM.name, CONSUMER);
  expect(await fixture.notes()).toEqual(order);
});

it('forgets what came more than two days ago, and nothing that came later', async () => {
  await fixture.query(`INSERT INTO inbox (message_id, received_at)
    VALUES ('long-ago', now() - interval '49 hours'), ('lately', now() - interval '47 hours')`);
  const known = async (): Promise<string[]> => {
    const ids = ['long-ago', 'lately'];
    const rows = await fixture.query<{ id: string }>('SELECT message_id AS id FROM inbox WHERE message_id = ANY($1)', [
      ids,
    ]);
    return rows.map(({ id }) => id);
  };
  // Each replica does it when it begins.
  await fixture.addReplica();
  await until('something is forgotten', async () => (await known()).length < 2);
  expect(await known()).toEqual(['lately']);
});

function startOf(runId: string): object {
  const start = { runId, revision: 1, planId: 'p', branch: 'main', phase: 'scene', target: {}, metadata: {} };
  return { starts: [start] };
}

/** Publishes under the same id again and again until the stream takes it for a new message. */
async function deliver(id: string): Promise<void> {
  const publish = () => fixture.nats.jetstream().publish(cancel.subject, body(id), { msgID: id });
  await until('the stream takes it', async () => !(await publish()).duplicate);
}
