import type { SceneDesign } from '@fiction/contracts';
import type { UnitOfWork } from '@fiction/platform';
import { Injectable } from '@nestjs/common';
import { PlanGraph } from '../graph/plan-graph';
import { planIds } from '../graph/plan-ids';
import { LoreNeeds, type NumberedNeed } from '../lore/lore-needs';

const SAVE_SCROLL = `
  INSERT INTO scrolls (id, plan_id, branch, chapter, run_id) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING`;
const SAVE_SECTIONS = `
  INSERT INTO sections (scroll_id, branch, section, title)
  SELECT $1, $4, section, title FROM unnest($2::int[], $3::text[]) AS s (section, title) ON CONFLICT DO NOTHING`;
const SAVE_SCENES = `
  INSERT INTO scenes (id, scroll_id, plan_id, branch, chapter, scene, section, design, item_id, run_id)
  SELECT id, $1, $2, $3, $4, scene, section, design, item_id, $10
  FROM unnest($5::text[], $6::int[], $7::int[], $8::jsonb[], $9::text[]) AS s (id, scene, section, design, item_id)
  ON CONFLICT DO NOTHING`;

/** A scene with its place in the book and the lore it waits for. */
export interface PlacedScene {
  chapter: number;
  scene: number;
  section: number;
  design: SceneDesign;
  needs: NumberedNeed[];
  /** Item ids. */
  waitsFor: string[];
}

export interface ScrollToWrite {
  planId: string;
  branch: string;
  chapter: number;
  scrollId: string;
  runId: string;
  /** Titles. */
  sections: string[];
  scenes: PlacedScene[];
}

/** Stores a scroll with its sections and scenes, and lets the plan graph grow by them. */
@Injectable()
export class ScrollWriter {
  constructor(
    private readonly graph: PlanGraph,
    private readonly lore: LoreNeeds,
  ) {}

  async write(uow: UnitOfWork, scroll: ScrollToWrite): Promise<void> {
    const { planId, branch, chapter, scrollId, sections, scenes } = scroll;
    const asked = await this.lore.askedFor(uow, planId, branch, chapter);
    await uow.query(SAVE_SCROLL, [scrollId, planId, branch, chapter, scroll.runId]);
    await uow.query(SAVE_SECTIONS, [scrollId, sections.map((_, index) => index + 1), sections, branch]);
    const items = scenes.map((scene) => ({
      phase: 'scene' as const,
      target: { chapter, scene: scene.scene, scrollId, sceneId: planIds.scene(planId, chapter, scene.scene) },
      dependsOn: [
        ...scene.waitsFor,
        ...asked.filter((one) => one.scene === null || one.scene === scene.scene).map((one) => one.itemId),
      ],
    }));
    await uow.query(SAVE_SCENES, [
      scrollId,
      planId,
      branch,
      chapter,
      items.map((item) => item.target.sceneId),
      scenes.map((scene) => scene.scene),
      scenes.map((scene) => scene.section),
      scenes.map((scene) => JSON.stringify(scene.design)),
      items.map((item) => this.graph.itemId(planId, branch, 'scene', item.target)),
      scroll.runId,
    ]);
    for (const { scene, needs } of scenes)
      await this.lore.add(uow, { planId, branch, chapter, scene }, scroll.runId, needs);
    await this.graph.grow(uow, planId, branch, items);
  }
}
