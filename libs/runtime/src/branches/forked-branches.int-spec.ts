import { jobName, MAIN_BRANCH, PHASES, type ForkBranch } from '@fiction/contracts';
import { RemoteError } from '@fiction/messaging';
import { until } from '@fiction/testing';
import { WorkerFixture } from '../testing/worker.fixture';
import { ForkedBranches, type Fork } from './forked-branches';
import { jobNameSql, sharedOrOwn } from './shared-or-own';

const PLAN = 'plan-1';
let fixture: WorkerFixture;
let branches: ForkedBranches;
const forked: Fork[] = [];
beforeAll(async () => {
  fixture = await WorkerFixture.start({ workers: 2 });
  for (const worker of fixture.workers) {
    worker.get(ForkedBranches).whenForked(async (_uow, fork) => void forked.push(fork));
  }
  branches = fixture.workers[0]!.get(ForkedBranches);
});
afterAll(() => fixture.stop());

const part = (branch: string, over: Partial<ForkBranch> = {}): ForkBranch => ({
  planId: PLAN,
  branch,
  parent: MAIN_BRANCH,
  part: 1,
  parts: 1,
  runIds: [],
  ...over,
});
const tell = (...parts: ForkBranch[]): Promise<void> =>
  fixture.workers[0]!.transaction((uow, worker) => worker.get(ForkedBranches).apply(uow, parts));
const hooksOf = (branch: string): Fork[] => forked.filter((fork) => fork.branch === branch);
const waited = (runId: string): Promise<unknown> =>
  until(`${runId} has waited`, async () => {
    const [run] = await fixture.query<{ pauses: number }>('SELECT pauses FROM runs WHERE id = $1', [runId]);
    return run!.pauses > 0;
  });

it('knows the first branch, and a fork once all its parts have come, in any order and however often', async () => {
  expect(await branches.lineage(PLAN, MAIN_BRANCH)).toEqual([MAIN_BRANCH]);
  const parts = [3, 1, 2].map((n) => part('parts', { part: n, parts: 3, runIds: [`run-${n}`] }));
  await expect(branches.require(PLAN, 'parts')).rejects.toMatchObject({ code: 'BRANCH_NOT_READY', status: 503 });
  await tell(parts[0]!, parts[0]!);
  await tell(parts[1]!);
  await tell(parts[0]!);
  await expect(branches.require(PLAN, 'parts')).rejects.toMatchObject({ code: 'BRANCH_NOT_READY' });
  expect(hooksOf('parts')).toEqual([]);
  await tell(parts[2]!);
  await tell(...parts);
  expect(await branches.lineage(PLAN, 'parts')).toEqual(['parts', MAIN_BRANCH]);
  expect(hooksOf('parts')).toEqual([{ planId: PLAN, branch: 'parts', parent: MAIN_BRANCH }]);
  await expect(branches.require('another plan', 'parts')).rejects.toMatchObject({ code: 'BRANCH_NOT_READY' });
});

it('takes the same parts from two at once and counts each of them once', async () => {
  const parts = [1, 2, 3, 4].map((n) => part('at-once', { part: n, parts: 4, runIds: [`run-${n}`] }));
  const together = fixture.workers.flatMap((worker) =>
    parts.map((one) => worker.transaction((uow) => worker.get(ForkedBranches).apply(uow, [one]))),
  );
  await Promise.all(together);
  expect(await branches.lineage(PLAN, 'at-once')).toEqual(['at-once', MAIN_BRANCH]);
  expect(hooksOf('at-once')).toHaveLength(1);
});

it('knows a fork of a fork when it knows where that comes from', async () => {
  await tell(part('grandchild', { parent: 'child' }));
  await expect(branches.require(PLAN, 'grandchild')).rejects.toMatchObject({ code: 'BRANCH_NOT_READY' });
  await tell(part('child', { part: 2, parts: 2 }));
  await expect(branches.require(PLAN, 'grandchild')).rejects.toMatchObject({ code: 'BRANCH_NOT_READY' });
  await tell(part('child', { part: 1, parts: 2 }));
  expect(await branches.lineage(PLAN, 'grandchild')).toEqual(['grandchild', 'child', MAIN_BRANCH]);
});

it('lets a run of a branch that is not known wait, here or at another service, and spends no attempt on it', async () => {
  let elsewhere = false;
  fixture.script = async (run) => {
    await branches.require(run.planId, run.branch);
    if (!elsewhere) throw new RemoteError('BRANCH_NOT_READY', 503, 'not known there yet');
    return { message: 'done' };
  };
  await fixture.begin({ runId: 'fiction:scene:s1@late', branch: 'late' });
  await fixture.begin({ runId: 'fiction:scene:s1' });
  await Promise.all([waited('fiction:scene:s1@late'), waited('fiction:scene:s1')]);
  elsewhere = true;
  await tell(part('late'));
  for (const runId of ['fiction:scene:s1@late', 'fiction:scene:s1']) {
    expect(await fixture.ended(runId)).toMatchObject({ status: 'complete', failures: 0 });
  }
});

it('says in SQL what belongs to a branch, and names runs there as everywhere', async () => {
  await tell(part('sql', { runIds: [jobName('scene', 's1')] }));
  const rows = [
    { target: 's1', branch: MAIN_BRANCH },
    { target: 's2', branch: MAIN_BRANCH },
    { target: 's2', branch: 'sql' },
    { target: 's1', branch: 'parts' },
  ];
  const seen = async (branch: string): Promise<unknown[]> =>
    fixture.query(
      `SELECT s.target, s.branch FROM unnest($3::text[], $4::text[]) WITH ORDINALITY AS u (target, branch, n)
       CROSS JOIN LATERAL (SELECT $1::text AS plan_id, u.*) s
       WHERE ${sharedOrOwn('s', '$2', jobNameSql('scene', 's.target', 's.branch'))} ORDER BY s.n`,
      [PLAN, branch, rows.map((row) => row.target), rows.map((row) => row.branch)],
    );
  expect(await seen('sql')).toEqual([rows[0], rows[2]]);
  expect(await seen(MAIN_BRANCH)).toEqual([rows[0], rows[1]]);
  for (const phase of PHASES) {
    for (const branch of [MAIN_BRANCH, 'alt']) {
      const [row] = await fixture.query(`SELECT ${jobNameSql(phase, '$1::text', '$2::text')} AS name`, ['t', branch]);
      expect(row).toEqual({ name: jobName(phase, 't', branch) });
    }
  }
});
