import type { RunEvent } from '@fiction/contracts';
import type { UnitOfWork } from '@fiction/platform';
import { PermanentRunError } from '../execution/errors';
import { Completions } from '../journal/completions';
import { WorkerFixture } from '../testing/worker.fixture';

let fixture: WorkerFixture;
beforeAll(async () => {
  fixture = await WorkerFixture.start();
});
afterAll(() => fixture.stop());

const noting = (text: string) => async (uow: UnitOfWork, events: RunEvent[]) => {
  for (const { runId } of events) await uow.query('INSERT INTO notes (run_id, note) VALUES ($1, $2)', [runId, text]);
};

it('are heard of in the transaction that completes the run, around its effect', async () => {
  fixture.workers[0]!.get(Completions).listen({ prepare: noting('prepared'), completed: noting('followed') });
  fixture.script = async (run) => ({
    message: 'done',
    effect: (uow) => noting('effect')(uow, [{ runId: run.runId } as RunEvent]),
  });
  await fixture.begin({ runId: 'fiction:scene:heard' });
  await fixture.ended('fiction:scene:heard');
  expect(await fixture.notes('fiction:scene:heard')).toEqual(['prepared', 'effect', 'followed']);
  const [row] = await fixture.query<{ transactions: string }>(
    `SELECT count(DISTINCT xmin::text) AS transactions
     FROM (SELECT xmin FROM notes WHERE run_id = $1 UNION ALL SELECT xmin FROM runs WHERE id = $1) AS written`,
    ['fiction:scene:heard'],
  );
  expect(Number(row!.transactions)).toBe(1);
});

it('are no matter of runs that end in another way', async () => {
  fixture.workers[0]!.get(Completions).listen({ prepare: noting('prepared'), completed: noting('followed') });
  fixture.script = async () => {
    throw new PermanentRunError('NO_USE', 'there is no use');
  };
  await fixture.begin({ runId: 'fiction:scene:failed' });
  expect(await fixture.ended('fiction:scene:failed')).toMatchObject({ status: 'failed' });
  expect(await fixture.notes('fiction:scene:failed')).toEqual([]);
});

it('are told by the bus alone where what follows cannot be done, and nothing of it is left behind', async () => {
  fixture.workers[0]!.get(Completions).listen({ prepare: noting('prepared'), completed: noting('forbidden') });
  fixture.script = async () => ({ message: 'done' });
  await fixture.begin({ runId: 'fiction:scene:unheard' });
  expect(await fixture.ended('fiction:scene:unheard')).toMatchObject({ status: 'complete', attempt: 1 });
  expect(await fixture.notes('fiction:scene:unheard')).toEqual([]);
  expect(await fixture.statuses('fiction:scene:unheard')).toEqual(['Enqueued', 'Started', 'Completed']);
});
