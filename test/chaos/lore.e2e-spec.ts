import { visitPostgres } from '@fiction/stack';
import { until } from '@fiction/testing';
import { BookUnderTest, briefOf } from '../book/book-under-test';
import { inFlightAt, readLedger, repetitions } from '../book/ledger';

jest.setTimeout(120_000);

const BRIEF = briefOf({
  chapters: 2,
  scenesPerChapter: 2,
  continuity: 'chapter',
  lore: 'policy: after-sla, slaSeconds: 1',
});
const LATENCY_MS = 60;
/** From a model's last byte to the commit of its record, at the most, with the machine busy. */
const COMMIT_MS = 150;
const COMPLETE_WITHIN_MS = 90_000;

interface Kept {
  /** Requirements by status. */
  statuses: Record<string, number>;
  /** Requirements whose timeline says more than once that they are ready, or that they are late. */
  readyTwice: string[];
  lateTwice: string[];
  /** Requirements with more or less than one entry in the world bible. */
  notFiledOnce: string[];
}

async function kept(book: BookUnderTest, planId: string): Promise<Kept> {
  return visitPostgres({ connectionString: book.system.postgres.url }, async (client) => {
    const { rows } = await client.query<{ id: string; status: string; ready: number; late: number; filed: number }>(
      `SELECT r.id, r.status,
         (SELECT count(*)::int FROM lore_fulfillment.requirement_events e
           WHERE e.requirement_id = r.id AND e.branch = r.branch AND e.status = 'ready') AS ready,
         (SELECT count(*)::int FROM lore_fulfillment.requirement_events e
           WHERE e.requirement_id = r.id AND e.branch = r.branch AND e.sla_breached) AS late,
         (SELECT count(*)::int FROM world_bible.entry_versions v
           WHERE v.plan_id = r.plan_id AND v.source = 'lore' AND v.source_ref = r.id) AS filed
       FROM lore_fulfillment.requirements r WHERE r.plan_id = $1 ORDER BY r.id`,
      [planId],
    );
    const statuses: Record<string, number> = {};
    for (const { status } of rows) statuses[status] = (statuses[status] ?? 0) + 1;
    const where = (wrong: (row: (typeof rows)[number]) => boolean): string[] => rows.filter(wrong).map(({ id }) => id);
    return {
      statuses,
      readyTwice: where(({ ready }) => ready !== 1),
      lateTwice: where(({ late }) => late > 1),
      notFiledOnce: where(({ filed }) => filed !== 1),
    };
  });
}

it('lore-fulfillment and the world bible killed with -9 between every two transitions: nothing lost, nothing twice', async () => {
  const book = await BookUnderTest.start({ model: { latencyMs: LATENCY_MS } });
  try {
    const first = await book.system.client.createPlan(BRIEF);
    await book.system.client.whenComplete(first, COMPLETE_WITHIN_MS);
    const undisturbed = await book.system.client.manuscript(first);
    const calls = book.models.count();
    const { statuses } = await kept(book, first);
    expect(Object.keys(statuses)).toEqual(['ready']);

    book.models.reset();
    const planId = await book.system.client.createPlan(BRIEF);
    let mayRepeat = 0;
    const kill = async (victim: string): Promise<void> => {
      await book.system.processes.whenReady(victim);
      mayRepeat += inFlightAt(book.models.calls, performance.now(), COMMIT_MS);
      await book.system.processes.kill(victim);
    };
    // Before the clock has fired, while it is drafted, while it is checked and filed; then the bible that files it.
    const moments: [string, number, string][] = [
      ['scene.draft', 0, 'lore-fulfillment'],
      ['lore.draft', 1, 'lore-fulfillment'],
      ['lore.check', 1, 'world-bible'],
      ['lore.check', 2, 'lore-fulfillment'],
      ['lore.draft', 3, 'world-bible'],
      ['lore.check', 3, 'lore-fulfillment'],
    ];
    for (const [task, count, victim] of moments) {
      const most = Math.min(count, statuses.ready!);
      await until(`${count} of ${task}`, () => book.models.count(task) >= most, COMPLETE_WITHIN_MS);
      await kill(victim);
    }
    await book.system.client.whenComplete(planId, COMPLETE_WITHIN_MS);

    expect(await book.system.client.manuscript(planId)).toBe(undisturbed);
    expect(await kept(book, planId)).toEqual({ statuses, readyTwice: [], lateTwice: [], notFiledOnce: [] });
    const { modelSteps, unfinishedRuns, acceptedTwice } = await readLedger(book.system.postgres.url, planId);
    expect({ unfinishedRuns, acceptedTwice }).toEqual({ unfinishedRuns: [], acceptedTwice: [] });
    expect(modelSteps).toHaveLength(calls);
    expect(repetitions(book.models.calls)).toBeLessThanOrEqual(mayRepeat);
  } finally {
    await book.stop();
  }
});
