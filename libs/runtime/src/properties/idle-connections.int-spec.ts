import { until } from '@fiction/testing';
import { WorkerFixture } from '../testing/worker.fixture';

const ENDED_AFTER_MS = 150;

let fixture: WorkerFixture;
beforeEach(async () => {
  fixture = await WorkerFixture.start({ workers: 2 });
});
afterEach(() => fixture.stop());

it('keeps the lock of every worker where PostgreSQL ends connections that are idle', async () => {
  await fixture.query(`DO $$ BEGIN
    EXECUTE format('ALTER DATABASE %I SET idle_session_timeout = ${ENDED_AFTER_MS}', current_database()); END $$`);
  await fixture.terminateBackends();
  await until('both have had nothing to say for longer', async () => {
    const idle = await fixture.query(
      `SELECT 1 FROM pg_stat_activity
       WHERE datname = current_database() AND application_name LIKE '%-liveness'
         AND state = 'idle' AND state_change < now() - interval '${3 * ENDED_AFTER_MS} milliseconds'`,
    );
    return idle.length === fixture.workers.length;
  });
});
