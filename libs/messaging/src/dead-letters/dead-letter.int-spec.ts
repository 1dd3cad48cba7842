import {
  alertChanged,
  buriedMessageSchema,
  cancelRunCommandOf,
  COMMAND_STREAM,
  EVENT_STREAM,
  InvalidInputError,
  messageBuried,
  runFinished,
} from '@fiction/contracts';
import { HealthRegistry, METRICS_REGISTRY } from '@fiction/platform';
import { until } from '@fiction/testing';
import { randomUUID } from 'node:crypto';
import type { Registry } from 'prom-client';
import { MessagingFixture, noting } from '../testing/messaging.fixture';
import { Delivery } from '../inbox/delivery';
import { DeadLetters } from './dead-letters';
import { LetterRetry } from './letter-retry';
import { planOf } from './plan-of';

const cancel = cancelRunCommandOf('scene-weaver');

let fixture: MessagingFixture;
const handled: string[] = [];
/** Whether what stood in the way of a poisoned message is mended. */
let mended = false;
/** What the database says to whoever handles a message now. */
let trouble: Error[] = [];
beforeAll(async () => {
  fixture = await MessagingFixture.start({
    handle: (handlers) =>
      handlers.register(cancel, async (bodies, uow) => {
        handled.push(...bodies.map((body) => body.runId));
        const said = trouble.shift();
        if (said !== undefined) throw said;
        if (!mended && bodies.some((body) => body.reason === 'poison')) throw new Error('this one never');
        await noting<{ runId: string }>((body) => body.runId)(bodies, uow);
      }),
  });
});
afterAll(() => fixture.stop());
beforeEach(async () => {
  handled.length = 0;
  mended = false;
  trouble = [];
  await fixture.query('TRUNCATE notes, dead_letters, outbox');
});

const letters = () => fixture.replicas[0]!.get(DeadLetters, { strict: false });
const good = (runId: string): string => JSON.stringify({ runId, reason: 'because' });
const CONSUMER = 'scene-weaver-commands';
const settled = () => fixture.settled(COMMAND_STREAM.name, CONSUMER);
const saying = (code: string, times = 1): Error[] =>
  Array.from({ length: times }, () => Object.assign(new Error('not now'), { code }));

async function counted(): Promise<number> {
  const registry = fixture.replicas[0]!.get<Registry>(METRICS_REGISTRY, { strict: false });
  const metric = await registry.getSingleMetric('fiction_dead_letters_total')!.get();
  return metric.values.reduce((sum, value) => sum + value.value, 0);
}

it('keeps and counts what cannot be read, and handles its neighbours', async () => {
  const before = await counted();
  await Promise.all([
    fixture.publish(cancel.subject, good('first')),
    fixture.publish(cancel.subject, 'not JSON', 'not-json'),
    fixture.publish(cancel.subject, '\u0000\u0000 neither', 'nul'),
    fixture.publish(cancel.subject, '{"runId": 7}', 'wrong-shape'),
    fixture.publish('fiction.command.scene-weaver.unheard-of', '{}', 'unknown-subject'),
    fixture.publish(cancel.subject, '', 'empty'),
    fixture.publish(cancel.subject, good('last')),
  ]);
  await settled();

  expect((await fixture.notes()).sort()).toEqual(['first', 'last']);
  const { items } = await letters().list(undefined, 50);
  const kept = ['', 'not JSON', '{"runId": 7}', '{}', '\ufffd\ufffd neither'];
  expect(items.map((item) => item.body).sort()).toEqual(kept);
  expect(items.every((item) => item.deliveries === 1 && item.error !== '' && item.service === 'scene-weaver')).toBe(
    true,
  );
  expect(await counted()).toBe(before + 5);
});

it('puts nothing aside because PostgreSQL has no room for a while: the messages wait', async () => {
  await fixture.query(`
    CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS
      $$ BEGIN RAISE EXCEPTION 'could not extend file' USING ERRCODE = '53100'; END $$`);
  await fixture.query('CREATE TRIGGER refuse BEFORE INSERT ON notes FOR EACH ROW EXECUTE FUNCTION refuse()');
  let kept = 0;
  const answers = fixture.nats.subscribe(`$JS.ACK.${COMMAND_STREAM.name}.${CONSUMER}.>`, {
    callback: (_error, answer) => (kept += answer.string() === '+WPI' ? 1 : 0),
  });
  const ids = ['first', 'second', 'third'];
  await Promise.all(ids.map((id) => fixture.publish(cancel.subject, good(id))));
  // More often than a message that fails is delivered.
  await until('they were tried again and again', () => handled.length >= 8 * ids.length);
  // Or NATS would take them for lost, and give them to others as well.
  await until('NATS is told each time that they are in hand', () => kept >= 8 * ids.length);
  answers.unsubscribe();
  const notReady = async () => (await fixture.replicas[0]!.get(HealthRegistry, { strict: false }).problems()).messages;
  expect(await notReady()).toBe('messages wait for PostgreSQL: could not extend file');
  await fixture.query('DROP TRIGGER refuse ON notes');
  await settled();

  expect((await fixture.notes()).sort()).toEqual(ids);
  expect((await letters().list(undefined, 50)).items).toEqual([]);
  await until('it is ready again', async () => (await notReady()) === undefined);
});

it('gives up a message whose handler always throws after a bounded number of deliveries, and handles its neighbours', async () => {
  await Promise.all([
    fixture.publish(cancel.subject, good('before')),
    fixture.publish(cancel.subject, JSON.stringify({ runId: 'poisoned', reason: 'poison' })),
    fixture.publish(cancel.subject, good('after')),
  ]);
  await settled();

  expect((await fixture.notes()).sort()).toEqual(['after', 'before']);
  const { items } = await letters().list(undefined, 50);
  expect(items).toMatchObject([{ deliveries: 5, subject: cancel.subject }]);
  expect(items[0]!.error).toContain('this one never');
  // Once with its neighbours, then alone: once for each delivery, and in a batch once more.
  expect(handled.filter((runId) => runId === 'poisoned').length).toBeLessThanOrEqual(10);
});

it('goes on when a letter cannot even be put aside, and puts it aside once that is possible', async () => {
  const add = jest.spyOn(letters(), 'add').mockRejectedValueOnce(new Error('no room'));
  await Promise.all([fixture.publish(cancel.subject, 'rubbish'), fixture.publish(cancel.subject, good('beside'))]);
  await settled();
  expect(await fixture.notes()).toEqual(['beside']);
  expect((await letters().list(undefined, 50)).items).toMatchObject([{ body: 'rubbish', deliveries: 2 }]);
  expect(add).toHaveBeenCalledTimes(2);
});

it('shows letters in pages that the bus can carry, long ones cut', async () => {
  const long = 'x'.repeat(400_000);
  for (let n = 0; n < 20; n += 1) await fixture.publish(cancel.subject, `${n} ${long}`);
  await settled();
  const seen: string[] = [];
  let pages = 0;
  for (let cursor: string | null | undefined; cursor !== null; pages += 1) {
    const page = await letters().list(cursor, 50);
    expect(Buffer.byteLength(JSON.stringify(page))).toBeLessThan(1_000_000);
    seen.push(...page.items.map((item) => item.id));
    cursor = page.nextCursor;
  }
  expect(new Set(seen).size).toBe(20);
  expect(pages).toBeGreaterThan(1);
  await expect(letters().list('nonsense', 50)).rejects.toThrow(InvalidInputError);
});

/** A delivery that nobody answers for, as a consumer gives it up. */
function given(subject: string, body: string, id: string): Delivery {
  const message = {
    subject,
    reply: `$JS.ACK.${EVENT_STREAM.name}.somebody.5.1.1.1.0`,
    headers: { get: () => id },
    string: () => body,
  };
  return new Delivery(message as unknown as ConstructorParameters<typeof Delivery>[0]);
}

const buried = async () =>
  (await fixture.query<{ body: unknown }>('SELECT body FROM outbox WHERE subject = $1', [messageBuried.subject])).map(
    ({ body }) => buriedMessageSchema.parse(body),
  );

it('tells of a letter once, with what is known of it, however often it is put aside', async () => {
  const body = JSON.stringify({ events: [{ planId: 'plan-1' }, {}] });
  const letter = given(runFinished.subject, body, 'twice');
  await letters().add(letter, 'no room for it\u0000');
  await letters().add(letter, 'no room for it');
  expect(await buried()).toEqual([
    {
      eventId: expect.any(String),
      service: 'scene-weaver',
      subject: runFinished.subject,
      messageId: 'twice',
      problem: 'no room for it\ufffd',
      planId: 'plan-1',
      occurredAt: expect.any(String),
    },
  ]);
});

it('tells of nothing that is not kept', async () => {
  await fixture.query('ALTER TABLE dead_letters ADD CONSTRAINT no_room CHECK (false) NOT VALID');
  await expect(letters().add(given(cancel.subject, '{}', 'lost'), 'x')).rejects.toThrow('no_room');
  await fixture.query('ALTER TABLE dead_letters DROP CONSTRAINT no_room');
  expect(await buried()).toEqual([]);
});

it('tells nobody of a letter that tells of letters or of alerts: nothing goes round for ever', async () => {
  await letters().add(given(messageBuried.subject, '{}', 'of-a-letter'), 'x');
  await letters().add(given(alertChanged.subject, '{}', 'of-an-alert'), 'x');
  expect((await letters().list(undefined, 50)).items).toHaveLength(2);
  expect(await buried()).toEqual([]);
});

it.each([
  ['{"planId": "p"}', 'p'],
  ['{"events": [{"planId": "p"}, 7]}', 'p'],
  ['{"planId": 7}', null],
  ['{"events": []}', null],
  ['not JSON', null],
])('reads the plan of %s as %p', (text, planId) => {
  expect(planOf(text)).toBe(planId);
});

describe('handled again', () => {
  const retry = (id: string) => fixture.replicas[0]!.get(LetterRetry, { strict: false }).retry(id);

  async function buried(body: string): Promise<string> {
    await letters().add(given(cancel.subject, body, randomUUID()), 'x');
    return (await letters().list(undefined, 50)).items[0]!.id;
  }

  it('a letter has its effect once, and is a dead letter no more', async () => {
    const id = await buried(JSON.stringify({ runId: 'late', reason: 'poison' }));
    mended = true;
    const outcomes = await Promise.allSettled([retry(id), retry(id)]);
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toMatchObject([
      { value: { id, service: 'scene-weaver', subject: cancel.subject } },
    ]);
    expect(outcomes.find(({ status }) => status === 'rejected')).toMatchObject({
      reason: { code: 'DEAD_LETTER_NOT_FOUND', status: 404 },
    });
    expect(await fixture.notes()).toEqual(['late']);
    expect((await letters().list(undefined, 50)).items).toEqual([]);
  });

  it('a letter whose message was handled all the same has no effect a second time', async () => {
    const id = await buried(JSON.stringify({ runId: 'both', reason: 'poison' }));
    mended = true;
    await fixture.query('INSERT INTO inbox (message_id) SELECT message_id FROM dead_letters WHERE id = $1', [id]);
    await expect(retry(id)).resolves.toMatchObject({ id });
    expect(await fixture.notes()).toEqual([]);
  });

  it('a letter is not to blame where PostgreSQL cannot write, and is kept as it was', async () => {
    const id = await buried(JSON.stringify({ runId: 'later', reason: 'poison' }));
    mended = true;
    trouble = saying('53100');
    await expect(retry(id)).rejects.toMatchObject({ code: '53100' });
    expect((await letters().list(undefined, 50)).items).toMatchObject([{ id }]);
  });

  it('a letter that was in the way of another transaction is tried again at once', async () => {
    const id = await buried(JSON.stringify({ runId: 'crossed', reason: 'poison' }));
    mended = true;
    trouble = saying('40P01');
    await expect(retry(id)).resolves.toMatchObject({ id });
    expect(await fixture.notes()).toEqual(['crossed']);
  });

  it.each([
    ['whose handler still fails', JSON.stringify({ runId: 'again', reason: 'poison' }), /this one never/],
    ['that cannot be read', 'not JSON', /JSON/],
    ['of the wrong shape', '{"runId": 7}', /runId/],
  ])('a letter %s says why and is kept as it was', async (_what, body, why) => {
    const id = await buried(body);
    const before = await letters().list(undefined, 50);
    const failure = { code: 'DEAD_LETTER_FAILS', status: 409, message: expect.stringMatching(why) };
    await expect(retry(id)).rejects.toMatchObject(failure);
    expect(await letters().list(undefined, 50)).toEqual(before);
    expect(await fixture.notes()).toEqual([]);
  });
});

describe('delivered before', () => {
  /** A message that so many processes had, and did not handle; and no process that is there to handle it. */
  async function delivered(times: number, body: string): Promise<void> {
    await fixture.replicas.pop()!.close();
    await fixture.publish(cancel.subject, body);
    const consumer = await fixture.nats.jetstream().consumers.get(COMMAND_STREAM.name, CONSUMER);
    for (let time = 1; time <= times; time += 1) (await consumer.next())!.nak();
  }

  it('a message that has ended one process after the other is put aside, and not handled again', async () => {
    await delivered(25, good('killer'));
    await fixture.addReplica();
    await settled();
    expect(handled).toEqual([]);
    expect((await letters().list(undefined, 50)).items).toMatchObject([{ body: good('killer'), deliveries: 26 }]);
  });

  it('a message is not put aside because its last try ends with its process, while PostgreSQL cannot write', async () => {
    await delivered(4, good('unlucky'));
    trouble = saying('53100', 100);
    await fixture.addReplica();
    await until('it is in hand', () => handled.length > 0);
    await fixture.replicas.pop()!.close();
    trouble = [];
    await fixture.addReplica();
    await settled();
    expect(await fixture.notes()).toEqual(['unlucky']);
    expect((await letters().list(undefined, 50)).items).toEqual([]);
  });
});
