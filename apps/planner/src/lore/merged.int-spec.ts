import { declareLore, type Brief, type LoreNeed } from '@fiction/contracts';
import { PlannerFixture } from '../testing/planner-fixture';

let fixture: PlannerFixture;
beforeAll(async () => (fixture = await PlannerFixture.start()));
afterAll(() => fixture.stop());
beforeEach(() => {
  fixture.runs.heard.length = 0;
});

const need = (name: string): LoreNeed => ({ domain: 'places', name, why: 'it is needed' });
/** Who has asked for which requirement, without the plan's id. */
const asked = (planId: string): string[] =>
  fixture.runs
    .sent(declareLore)
    .flatMap(({ source, requirements }) => requirements.map((one) => `${source} ${one.requirementId}`))
    .map((line) => line.replaceAll(planId, ''));
const loreItems = async (planId: string) =>
  (await fixture.items(planId)).filter(({ phase }) => phase === 'lore').map(({ itemId }) => itemId.replace(planId, ''));
async function write(brief: Partial<Brief>): Promise<string> {
  const planId = await fixture.createPlan(brief);
  await fixture.goOn(planId);
  expect((await fixture.plan(planId)).status).toBe('complete');
  return planId;
}

it('is one requirement for all scenes of a chapter that need the same', async () => {
  fixture.needsOf = ({ phase }, scene) => (phase === 'scroll' ? [need(scene === 1 ? 'The Mill' : 'mill')] : []);
  const planId = await write({ chapters: 1 });
  expect(await loreItems(planId)).toEqual(['item:lore:-c001-s01-lore-1']);
  expect(asked(planId)).toEqual(Array(2).fill('fiction:scroll:-c001 -c001-s01-lore-1'));
  const scenes = (await fixture.items(planId)).filter(({ phase }) => phase === 'scene');
  expect(scenes.map(({ dependencies }) => dependencies.filter((one) => one.phase === 'lore').length)).toEqual([1, 1]);
});

it('is one requirement for all chapters whose designs need the same, and keeps each as a source', async () => {
  fixture.needsOf = ({ phase }) => (phase === 'blueprint' ? [need('the Mill')] : []);
  const planId = await write({ chapters: 3 });
  expect(await loreItems(planId)).toEqual(['item:lore:-c001-lore-1']);
  expect(asked(planId)).toEqual([1, 2, 3].map((n) => `fiction:blueprint::${n} -c001-lore-1`));
});

it.each([
  ['strict', 1],
  // Chapters side by side: which of them were first would be a matter of chance.
  ['chapter', 2],
  ['loose', 2],
] as const)('with %s continuity scenes of two chapters that need the same make %i', async (continuity, count) => {
  fixture.needsOf = ({ phase }) => (phase === 'scroll' ? [need('the Mill')] : []);
  const planId = await write({ chapters: 2, continuity });
  expect(await loreItems(planId)).toHaveLength(count);
});
