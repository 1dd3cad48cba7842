import type { RecordedCall } from '@fiction/testing';
import { seeded, until } from '@fiction/testing';
import Redis from 'ioredis';
import { BookUnderTest, briefOf } from '../book/book-under-test';
import { inFlightAt, readLedger, repetitions } from '../book/ledger';

jest.setTimeout(180_000);

const BRIEF = briefOf({ chapters: 3, scenesPerChapter: 3, continuity: 'chapter' });
/** Long enough for something to be under way whenever something is killed. */
const LATENCY_MS = 60;
/** From a model's last byte to the commit of its record, at the most, with the machine busy. */
const COMMIT_MS = 150;
const COMPLETE_WITHIN_MS = 90_000;
const KILLED = ['gateway', 'planner', 'world-bible', 'scene-weaver', 'lore-fulfillment', 'telemetry'];
const SEED = Number(process.env.FICTION_CHAOS_SEED ?? 20261121);

let undisturbed: { manuscript: string; calls: Set<string> };

const hashes = (calls: readonly RecordedCall[]): Set<string> => new Set(calls.map((call) => call.requestHash));

/** The book is the undisturbed one, and nothing that was on record was asked for again. */
async function expectTheSameBook(book: BookUnderTest, planId: string, mayRepeat: number): Promise<void> {
  expect(await book.system.client.manuscript(planId)).toBe(undisturbed.manuscript);
  expect(hashes(book.models.calls)).toEqual(undisturbed.calls);
  const ledger = await readLedger(book.system.postgres.url, planId);
  expect(ledger.acceptedTwice).toEqual([]);
  expect(ledger.unfinishedRuns).toEqual([]);
  expect(ledger.modelSteps).toHaveLength(undisturbed.calls.size);
  expect(repetitions(book.models.calls)).toBeLessThanOrEqual(mayRepeat);
}

async function callsReach(book: BookUnderTest, count: number): Promise<void> {
  await until(`${count} model calls`, () => book.models.count() >= count, COMPLETE_WITHIN_MS);
}

beforeAll(async () => {
  const book = await BookUnderTest.start({ model: { latencyMs: 0 } });
  try {
    const planId = await book.system.client.createPlan(BRIEF);
    await book.system.client.whenComplete(planId, COMPLETE_WITHIN_MS);
    undisturbed = { manuscript: await book.system.client.manuscript(planId), calls: hashes(book.models.calls) };
    expect(repetitions(book.models.calls)).toBe(0);
  } finally {
    await book.stop();
  }
});

describe('kill anything at any moment', () => {
  it('ten services killed with -9 during one book: the same book, at most one repeated call per kill and call in flight', async () => {
    const book = await BookUnderTest.start({ model: { latencyMs: LATENCY_MS } });
    const random = seeded(SEED);
    try {
      const planId = await book.system.client.createPlan(BRIEF);
      let mayRepeat = 0;
      for (let kill = 0; kill < 10; kill += 1) {
        // The moments are spread over the book by its own progress, so that a faster machine is killed as often.
        await callsReach(book, Math.floor(((kill + random()) / 10) * undisturbed.calls.size));
        const victim = KILLED[Math.floor(random() * KILLED.length)]!;
        await book.system.processes.whenReady(victim);
        mayRepeat += inFlightAt(book.models.calls, performance.now(), COMMIT_MS);
        await book.system.processes.kill(victim);
      }
      await book.system.client.whenComplete(planId, COMPLETE_WITHIN_MS);
      // Whoever was killed last may not be there yet, and the manuscript is made by all.
      await Promise.all(KILLED.map((name) => book.system.processes.whenReady(name)));
      await expectTheSameBook(book, planId, mayRepeat);
    } finally {
      await book.stop();
    }
  });

  it('Redis emptied, and NATS restarted with its store wiped, in mid-book: the same book, no call made twice', async () => {
    const book = await BookUnderTest.start({ model: { latencyMs: LATENCY_MS } });
    const redis = new Redis(book.system.redis.url);
    try {
      const planId = await book.system.client.createPlan(BRIEF);
      for (const share of [0.2, 0.5, 0.8]) {
        await callsReach(book, Math.floor(share * undisturbed.calls.size));
        await redis.flushall();
      }
      await book.system.client.whenComplete(planId, COMPLETE_WITHIN_MS);
      await expectTheSameBook(book, planId, 0);

      book.models.reset();
      const second = await book.system.client.createPlan(BRIEF);
      for (const share of [0.3, 0.7]) {
        await callsReach(book, Math.floor(share * undisturbed.calls.size));
        await book.system.nats.stop();
        await book.system.nats.wipe();
        await book.system.nats.start();
      }
      await book.system.client.whenComplete(second, COMPLETE_WITHIN_MS);
      await expectTheSameBook(book, second, 0);
    } finally {
      redis.disconnect();
      await book.stop();
    }
  });

  it('PostgreSQL restarted twice in mid-book, once as by a power cut: the same book, and no service needs a restart', async () => {
    const book = await BookUnderTest.start({ model: { latencyMs: LATENCY_MS }, durable: true });
    try {
      const before = KILLED.map((name) => book.system.processes.pidOf(name));
      const planId = await book.system.client.createPlan(BRIEF);
      await callsReach(book, Math.floor(0.3 * undisturbed.calls.size));
      await book.system.postgres.restart();
      await callsReach(book, Math.floor(0.6 * undisturbed.calls.size));
      await book.system.postgres.kill();
      await book.system.postgres.start();
      await book.system.client.whenComplete(planId, COMPLETE_WITHIN_MS);
      await expectTheSameBook(book, planId, 0);
      expect(KILLED.map((name) => book.system.processes.pidOf(name))).toEqual(before);
    } finally {
      await book.stop();
    }
  });
});

describe('several scene workers', () => {
  it('four on one plan accept no scene twice, and a killed one has its runs going again within 1 s', async () => {
    const book = await BookUnderTest.start({ model: { latencyMs: LATENCY_MS }, replicas: { 'scene-weaver': 4 } });
    try {
      const planId = await book.system.client.createPlan(BRIEF);
      await book.system.client.whenComplete(planId, COMPLETE_WITHIN_MS);
      await expectTheSameBook(book, planId, 0);

      // Calls that hang show which runs a worker holds: they are made again when another worker takes the run.
      book.models.reset();
      const second = await book.system.client.createPlan(BRIEF);
      let release!: () => void;
      const open = new Promise<void>((resolve) => (release = resolve));
      book.models.script(
        ({ task }) => task === 'scene.critique',
        Array.from({ length: 3 }, () => ({ kind: 'latch' as const, open })),
      );
      await until(
        'three scenes wait for their critique',
        () => book.models.count('scene.critique') === 3,
        COMPLETE_WITHIN_MS,
      );
      const held = new Set(
        book.models.calls.filter((call) => call.task === 'scene.critique').map((call) => call.requestHash),
      );
      const holders = await Promise.all(
        book.system
          .namesOf('scene-weaver')
          .map(async (name) => ({ name, inFlight: await runsInFlight(book.system.processes.urlOf(name)) })),
      );
      const victim = holders.sort((a, b) => b.inFlight - a.inFlight)[0]!;
      expect(victim.inFlight).toBeGreaterThan(0);
      const killedAt = performance.now();
      await book.system.processes.kill(victim.name);
      await until(
        'the lost calls are made again',
        () => repetitions(book.models.calls.filter((call) => held.has(call.requestHash))) >= victim.inFlight,
        5_000,
      );
      expect(performance.now() - killedAt).toBeLessThan(1_000);
      release();
      await book.system.client.whenComplete(second, COMPLETE_WITHIN_MS);
      await expectTheSameBook(book, second, victim.inFlight);
    } finally {
      await book.stop();
    }
  });
});

async function runsInFlight(url: string): Promise<number> {
  const text = await (await fetch(`${url}/metrics`, { signal: AbortSignal.timeout(5_000) })).text();
  return Number(/^fiction_runs_in_flight\{[^}]*phase="scene"[^}]*\} (\d+)/m.exec(text)?.[1] ?? 0);
}
