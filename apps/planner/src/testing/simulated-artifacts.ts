import type { LoreNeed, SceneDesign, StartRun } from '@fiction/contracts';
import type { UnitOfWork } from '@fiction/platform';
import { ScrollWriter, type PlacedScene } from '../artifacts/scroll-writer';
import { sceneItem, scrollItem } from '../graph/first-items';
import { PlanGraph } from '../graph/plan-graph';
import { LoreNeeds, type LoreScope } from '../lore/lore-needs';
import type { PlannerFixture } from './planner-fixture';

const SCENES = 2;

/** What a run adds to the graph when it completes, in one transaction, by the planner's own means. */
export async function declare(fixture: PlannerFixture, start: StartRun): Promise<void> {
  const { planId, branch, phase, target } = start;
  const scope = { planId, branch, chapter: target.chapter ?? null, scene: null };
  if (phase === 'scroll') return writeScroll(fixture, start);
  if (phase !== 'vision' && phase !== 'blueprint') return;
  const { chapters } = await fixture.brief(planId);
  const waiting = phase === 'vision' ? Array.from({ length: chapters }, (_, n) => n + 1) : [target.chapter!];
  await fixture.transaction(async (uow) => {
    const items = await ask(fixture, uow, scope, start, fixture.needsOf(start));
    const pairs = waiting.flatMap((chapter) =>
      items.map((dependsOn) => ({ itemId: scrollItem(planId, branch, chapter), dependsOn })),
    );
    await fixture.get(PlanGraph).wait(uow, scope, pairs);
  });
}

async function ask(
  fixture: PlannerFixture,
  uow: UnitOfWork,
  scope: LoreScope,
  { runId }: StartRun,
  needs: LoreNeed[],
): Promise<string[]> {
  const lore = fixture.get(LoreNeeds);
  const { continuity } = await fixture.brief(scope.planId);
  const numbered = await lore.number(scope, needs, { known: [], continuity });
  await lore.add(uow, scope, runId, numbered);
  return numbered.map((need) => lore.itemId(scope, need.requirementId));
}

async function writeScroll(fixture: PlannerFixture, start: StartRun): Promise<void> {
  const { planId, branch, target, runId } = start;
  const chapter = target.chapter!;
  const lore = fixture.get(LoreNeeds);
  const { continuity } = await fixture.brief(planId);
  const scenes: PlacedScene[] = [];
  for (let scene = 1; scene <= SCENES; scene += 1) {
    const needs = await lore.number({ planId, branch, chapter, scene }, fixture.needsOf(start, scene), {
      known: [],
      continuity,
      earlier: scenes.flatMap((one) => one.needs),
    });
    const waitsFor = [
      ...(scene === 1 ? [] : [sceneItem(planId, branch, chapter, scene - 1)]),
      ...needs.map((need) => lore.itemId({ planId, branch }, need.requirementId)),
    ];
    scenes.push({ chapter, scene, section: 1, design: {} as SceneDesign, needs, waitsFor });
  }
  const scroll = { planId, branch, chapter, scrollId: target.scrollId!, runId, sections: ['One'], scenes };
  await fixture.transaction((uow) => fixture.get(ScrollWriter).write(uow, [scroll]));
}
