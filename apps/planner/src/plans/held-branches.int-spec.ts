import { holdLore } from '@fiction/contracts';
import { PlanControls } from '../backlog/plan-controls';
import { BranchesService } from '../branches/branches.service';
import { ACTOR, PlannerFixture } from '../testing/planner-fixture';

let fixture: PlannerFixture;
beforeAll(async () => (fixture = await PlannerFixture.start()));
afterAll(() => fixture.stop());

it('lore-fulfillment is told which branches stand still, each change once and in numbers that grow', async () => {
  fixture.runs.heard.length = 0;
  const planId = await fixture.createPlan({ chapters: 1 });
  const [controls, branches] = [fixture.get(PlanControls), fixture.get(BranchesService)];
  await branches.fork({ ...ACTOR, planId, name: 'alt', from: 'main', changes: {} });
  await branches.fork({ ...ACTOR, planId, name: 'beta', from: 'main', changes: {} });
  expect(fixture.runs.sent(holdLore)).toEqual([]);
  const told = (): string[][] =>
    fixture.runs
      .sent(holdLore)
      .filter((hold) => hold.planId === planId)
      .map(({ held }) => held);

  await controls.cancelBranch({ ...ACTOR, planId, branch: 'alt' });
  expect(told()).toEqual([['alt']]);
  await controls.pause({ ...ACTOR, planId });
  await controls.pause({ ...ACTOR, planId });
  expect(told().slice(1)).toEqual([['alt', 'beta', 'main']]);
  // What is forked meanwhile stands still from the beginning.
  await branches.fork({ ...ACTOR, planId, name: 'gamma', from: 'main', changes: {} });
  expect(told().at(-1)).toEqual(['alt', 'beta', 'gamma', 'main']);
  await controls.resume({ ...ACTOR, planId });
  expect(told().at(-1)).toEqual([]);
  await branches.archive({ ...ACTOR, planId, branch: 'beta' });
  expect(told().at(-1)).toEqual(['beta']);
  // The branch that is primary stands still with the plan.
  await controls.cancelBranch({ ...ACTOR, planId, branch: 'alt' });
  await branches.adopt({ ...ACTOR, planId, branch: 'alt' });
  expect(told().at(-1)).toEqual(fixture.runs.sent(holdLore).at(-1)!.held);
  expect(told().at(-1)).toContain('alt');
  const numbers = fixture.runs.sent(holdLore).map(({ number }) => number);
  expect(numbers).toEqual(numbers.map((_, index) => index + 1));
});
