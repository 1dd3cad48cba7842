import { ExplainedQueries } from '@fiction/testing';
import type { Liveness } from '../liveness/liveness';
import { LOOK } from '../reconciler/reconciler';
import { RunClaims } from '../runs/run-claims';
import { WorkerFixture } from '../testing/worker.fixture';

const QUEUED = 2_000;
const RUNNING = 8;
/** What a row that is asked for may cost: read, joined, changed, told. */
const MOST_READS = 8;

let fixture: WorkerFixture;
let explained: ExplainedQueries;

const make = (status: string, count: number, worker: number | null = null): Promise<unknown> =>
  fixture.query(
    `INSERT INTO runs (id, plan_id, branch, phase, target, metadata, revision, attempt, status, worker_id)
     SELECT $1 || '-' || n, 'long', 'main', 'scene', '{}', '{}', 1, 1, $1, $3::int FROM generate_series(1, $2::int) AS n`,
    [status, count, worker],
  );

/** What PostgreSQL has counted: nothing; what was there when most runs had ended; all. */
describe.each(['nothing', 'complete', 'all'])('when many runs wait and PostgreSQL knows of %s', (known) => {
  beforeAll(async () => {
    fixture = await WorkerFixture.start();
    // Nobody begins what the test queues.
    await fixture.workers[0]!.stop();
    await fixture.query('ALTER TABLE runs SET (autovacuum_enabled = false)');
    if (known === 'complete') await make(known, QUEUED);
    await make('running', RUNNING, 1);
    if (known === 'complete') await fixture.query('ANALYZE runs');
    await make('queued', QUEUED);
    if (known === 'all') await fixture.query('ANALYZE runs');
  });
  afterAll(() => fixture.stop());
  beforeEach(() => {
    explained = new ExplainedQueries(fixture);
  });

  it('looks at what it works on and not at what waits', async () => {
    await explained.query(LOOK, [1]);
    expect(explained.rowsRead).toBeGreaterThan(0);
    expect(explained.rowsRead).toBeLessThanOrEqual(RUNNING * MOST_READS);
  });

  it('reads what it claims and no more', async () => {
    const claims = new RunClaims(explained.asDatabase(), { workerId: 1 } as Liveness);
    await Promise.all(Array.from({ length: RUNNING }, (_, n) => claims.take(`queued-${n + 1}`, 1)));
    expect(await fixture.query(`SELECT 1 FROM runs WHERE status = 'running'`)).toHaveLength(2 * RUNNING);
    expect(explained.rowsRead).toBeLessThanOrEqual(RUNNING * MOST_READS);
  });
});
