import { branchChanged, planChanged } from '@fiction/contracts';
import { ACTOR, PlannerFixture } from '../testing/planner-fixture';
import { BranchesReader } from './branches.reader';
import { BranchesService } from './branches.service';

let fixture: PlannerFixture;
beforeAll(async () => (fixture = await PlannerFixture.start()));
afterAll(() => fixture.stop());

it('whichever branch is the primary one, each goes on saying why it failed', async () => {
  const planId = await fixture.createPlan({ chapters: 1 });
  await fixture.goOn(planId);
  const [vision] = await fixture.items(planId);
  const branches = fixture.get(BranchesService);
  await branches.fork({ ...ACTOR, planId, name: 'alt', from: 'main', at: vision!.itemId, changes: {} });
  for (const run of fixture.runs.open(planId)) fixture.runs.fail(run);
  await fixture.hear(planId);

  await branches.adopt({ ...ACTOR, planId, branch: 'alt' });
  const failed = { status: 'failed', statusReason: expect.stringContaining('vision failed') };
  expect(await fixture.plan(planId)).toMatchObject(failed);
  expect(fixture.runs.sent(planChanged).at(-1)).toMatchObject({ planId, status: 'failed', reason: expect.any(String) });

  await branches.adopt({ ...ACTOR, planId, branch: 'main' });
  expect(await fixture.plan(planId)).toMatchObject({ status: 'complete', statusReason: null });
  const [, alt] = await fixture.get(BranchesReader).list(planId);
  expect(alt).toMatchObject({ name: 'alt', ...failed });
});

it('each branch is told of as it comes to stand, and which one is the plan’s', async () => {
  const planId = await fixture.createPlan({ chapters: 1 });
  const told = () =>
    fixture.runs.heard
      .filter(({ subject }) => [planChanged.subject, branchChanged.subject].includes(subject))
      .map(({ body }) => JSON.parse(body) as { planId: string; branch: string; status: string; primary?: false })
      .filter((change) => change.planId === planId)
      .map(({ branch, status, primary }) => `${branch}${primary === false ? '' : '*'} ${status}`);
  await fixture.goOn(planId);
  const [vision] = await fixture.items(planId);
  const branches = fixture.get(BranchesService);
  await branches.fork({ ...ACTOR, planId, name: 'alt', from: 'main', at: vision!.itemId, changes: {} });
  await fixture.goOn(planId);
  expect(told()).toEqual(['main* running', 'main* complete', 'alt running', 'alt complete']);
  await branches.adopt({ ...ACTOR, planId, branch: 'alt' });
  await branches.archive({ ...ACTOR, planId, branch: 'main' });
  expect(told().slice(4)).toEqual(['main complete', 'alt* complete', 'main archived']);
});

it('the words of a plan are those of its primary branch, whatever was written on others', async () => {
  fixture.wordsOf = ({ branch }) => (branch === 'main' ? 100 : 150);
  const planId = await fixture.createPlan();
  expect(await fixture.plan(planId)).toMatchObject({ words: 0 });
  await fixture.goOn(planId);
  expect(await fixture.plan(planId)).toMatchObject({ words: 400 });
  const last = (await fixture.items(planId)).findLast(({ phase }) => phase === 'scene');
  const branches = fixture.get(BranchesService);
  await branches.fork({ ...ACTOR, planId, name: 'alt', from: 'main', at: last!.itemId, changes: {} });
  await fixture.goOn(planId);
  expect(await fixture.plan(planId)).toMatchObject({ words: 400 });
  await branches.adopt({ ...ACTOR, planId, branch: 'alt' });
  expect(await fixture.plan(planId)).toMatchObject({ words: 450 });
  // As a scene that was complete before words were counted by branch.
  await fixture.query(`UPDATE items SET words = NULL WHERE id = $1`, [last!.itemId]);
  expect(await fixture.plan(planId)).toMatchObject({ words: 450 });
  await branches.adopt({ ...ACTOR, planId, branch: 'main' });
  expect(await fixture.plan(planId)).toMatchObject({ words: null });
});
