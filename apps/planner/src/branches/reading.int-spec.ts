import { MAIN_BRANCH } from '@fiction/contracts';
import { ArtifactsRepository } from '../artifacts/artifacts.repository';
import { ScrollWriter } from '../artifacts/scroll-writer';
import { planIds } from '../graph/plan-ids';
import { Database } from '@fiction/platform';
import { PlansService } from '../plans/plans.service';
import { ACTOR, PlannerFixture } from '../testing/planner-fixture';
import { BranchesReader } from './branches.reader';
import { BranchesService } from './branches.service';

let fixture: PlannerFixture;
beforeAll(async () => (fixture = await PlannerFixture.start()));
afterAll(() => fixture.stop());

const BLUEPRINT = { title: 'Tide', synopsis: 'It turns.', plants: [], payoffs: [], beats: [], requiredLore: [] };

/** A plan of one chapter whose design is on record, all of it complete. */
async function designed(): Promise<string> {
  const planId = await fixture.createPlan({ chapters: 1 });
  await fixture.goOn(planId);
  const chapter = 1;
  const scrollId = planIds.scroll(planId, chapter);
  await fixture.query(
    `INSERT INTO blueprints (plan_id, branch, chapter, blueprint, validation, run_id)
    VALUES ($1, 'main', 1, $2, '{"status": "valid", "findings": []}', $3)`,
    [planId, JSON.stringify(BLUEPRINT), `fiction:blueprint:${planId}:1`],
  );
  await fixture.query(
    `INSERT INTO plan_passes (plan_id, branch, pass_index, pass, run_id) VALUES ($1, 'main', 1, '{}', $2)`,
    [planId, `fiction:planner:${planId}:1`],
  );
  const scenes = [1, 2].map((scene) => ({
    chapter,
    scene,
    section: 1,
    design: { goal: `goal ${scene}` } as never,
    needs: [],
    waitsFor: [],
  }));
  await fixture.get(Database).transaction((uow) =>
    fixture.get(ScrollWriter).write(uow, [
      {
        planId,
        branch: MAIN_BRANCH,
        chapter,
        scrollId,
        runId: `fiction:scroll:${scrollId}`,
        sections: ['One'],
        scenes,
      },
    ]),
  );
  return planId;
}

it('everything that a branch shares is read from it as from where it was made', async () => {
  const planId = await designed();
  await fixture.get(BranchesService).fork({ ...ACTOR, planId, name: 'alt', from: 'main', changes: {} });
  const artifacts = fixture.get(ArtifactsRepository);
  const scrollId = planIds.scroll(planId, 1);
  const read = async (branch: string) => ({
    material: (await fixture.get(PlansService).material(planId, branch)).brief.title,
    passes: await artifacts.passes({ planId, branch, limit: 10 }),
    passesBefore: await artifacts.passesBefore(planId, branch, 9),
    blueprints: await artifacts.blueprints({ planId, branch, limit: 10 }),
    blueprint: await artifacts.blueprint(planId, branch, 1),
    scrolls: await artifacts.scrolls({ planId, branch, limit: 10 }),
    scroll: await artifacts.scroll(planId, branch, scrollId),
    scenes: await artifacts.scenes({ planId, branch, limit: 10 }),
    scene: await artifacts.scene(planId, branch, planIds.scene(planId, 1, 2)),
  });
  const main = await read('main');
  expect(main.scenes.items).toHaveLength(2);
  expect(main.scroll.scroll.scenes.map((scene) => scene.status)).toEqual(['complete', 'complete']);
  expect(await read('alt')).toEqual(main);
});

it('a book says of its own branch what it is, and who made each part, where it was made', async () => {
  const planId = await designed();
  const other = { provider: 'rehearsal', model: 'novelist-2' };
  const directions = { '1': 'sadder' };
  const changes = { tone: 'grim', bindings: { default: other }, directions };
  await fixture.get(BranchesService).fork({ ...ACTOR, planId, name: 'alt', from: 'main', changes });
  await fixture.goOn(planId);
  const colophon = async (branch: string) => {
    const { brief, credits } = await fixture.get(BranchesReader).colophon({ planId, branch });
    return { tone: brief.tone, credits: credits.map(({ work, model }) => `${work} ${model}`).sort() };
  };
  const designedBy = (model: string) => [`blueprint ${model}`, 'planner novelist', `scroll ${model}`];
  const before = ['vision novelist', 'world novelist'];
  const main = await colophon('main');
  expect(main.credits).toEqual([...designedBy('novelist'), ...before]);
  expect(await colophon('alt')).toEqual({ tone: 'grim', credits: [...designedBy('novelist-2'), ...before] });
  await fixture.get(BranchesService).adopt({ ...ACTOR, planId, branch: 'alt' });
  expect(await colophon('main')).toEqual(main);
  await expect(colophon('none')).rejects.toMatchObject({ code: 'BRANCH_NOT_FOUND' });
});

it('the branch that is meant is the one that is named, or the primary one from the moment it is adopted', async () => {
  const planId = await designed();
  const branches = fixture.get(BranchesService);
  const chosen = (named?: string): Promise<string> => fixture.get(BranchesReader).choose(planId, named);
  await branches.fork({ ...ACTOR, planId, name: 'alt', from: 'main', changes: {} });
  expect([await chosen(), await chosen('alt')]).toEqual(['main', 'alt']);
  await branches.adopt({ ...ACTOR, planId, branch: 'alt' });
  expect([await chosen(), await chosen('main')]).toEqual(['alt', 'main']);
  await expect(chosen('none')).rejects.toMatchObject({ code: 'BRANCH_NOT_FOUND' });
  await expect(fixture.get(BranchesReader).choose('none', undefined)).rejects.toMatchObject({ code: 'PLAN_NOT_FOUND' });
});
