import type { SceneDesign } from '@fiction/contracts';
import { storableJson, type UnitOfWork } from '@fiction/platform';
import { Injectable } from '@nestjs/common';
import { PlanGraph } from '../graph/plan-graph';
import { planIds } from '../graph/plan-ids';
import { LoreNeeds, type AskedFor, type NumberedNeed } from '../lore/lore-needs';

/** Scrolls ($1), their sections ($2) and their scenes ($3), each of any number. What is there already stays as it is. */
const SAVE = `
  WITH saved AS (
    INSERT INTO scrolls (id, plan_id, branch, chapter, run_id)
    SELECT * FROM json_to_recordset($1::json) AS s (id text, plan_id text, branch text, chapter int, run_id text)
    ON CONFLICT DO NOTHING),
  parted AS (
    INSERT INTO sections (scroll_id, branch, section, title)
    SELECT * FROM json_to_recordset($2::json) AS s (scroll_id text, branch text, section int, title text)
    ON CONFLICT DO NOTHING)
  INSERT INTO scenes (id, scroll_id, plan_id, branch, chapter, scene, section, design, item_id, run_id)
  SELECT * FROM json_to_recordset($3::json) AS s (id text, scroll_id text, plan_id text, branch text, chapter int,
    scene int, section int, design jsonb, item_id text, run_id text)
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

/** Stores scrolls with their sections and scenes, and lets the plan graph grow by them. */
@Injectable()
export class ScrollWriter {
  constructor(
    private readonly graph: PlanGraph,
    private readonly lore: LoreNeeds,
  ) {}

  /** One and the same function, so that scrolls that end together are written together. */
  readonly write = async (uow: UnitOfWork, scrolls: ScrollToWrite[]): Promise<void> => {
    const branches = new Map<string, ScrollToWrite[]>();
    for (const scroll of scrolls) {
      const key = JSON.stringify([scroll.planId, scroll.branch]);
      branches.set(key, [...(branches.get(key) ?? []), scroll]);
    }
    // In the order of their names, so that two replicas do not wait for each other.
    for (const key of [...branches.keys()].toSorted()) await this.writeOfBranch(uow, branches.get(key)!);
  };

  private async writeOfBranch(uow: UnitOfWork, scrolls: ScrollToWrite[]): Promise<void> {
    const { planId, branch } = scrolls[0]!;
    const asked = await this.lore.askedFor(
      uow,
      planId,
      branch,
      scrolls.map(({ chapter }) => chapter),
    );
    const items = scrolls.flatMap(({ chapter, scrollId, scenes }) =>
      scenes.map((scene) => ({
        phase: 'scene' as const,
        target: { chapter, scene: scene.scene, scrollId, sceneId: planIds.scene(planId, chapter, scene.scene) },
        dependsOn: [...scene.waitsFor, ...asked.filter((one) => concerns(one, scene)).map((one) => one.itemId)],
      })),
    );
    await this.save(uow, scrolls);
    for (const { chapter, runId, scenes } of scrolls) {
      for (const { scene, needs } of scenes) await this.lore.add(uow, { planId, branch, chapter, scene }, runId, needs);
    }
    await this.graph.grow(uow, planId, branch, items);
  }

  private async save(uow: UnitOfWork, scrolls: ScrollToWrite[]): Promise<void> {
    const heads = scrolls.map(({ scrollId: id, planId: plan_id, branch, chapter, runId: run_id }) => {
      return { id, plan_id, branch, chapter, run_id };
    });
    const sections = scrolls.flatMap(({ scrollId: scroll_id, branch, sections: titles }) =>
      titles.map((title, index) => ({ scroll_id, branch, section: index + 1, title })),
    );
    const scenes = scrolls.flatMap(({ scenes: placed, planId, branch, chapter, scrollId, runId }) =>
      placed.map(({ scene, section, design }) => {
        const sceneId = planIds.scene(planId, chapter, scene);
        const itemId = this.graph.itemId(planId, branch, 'scene', { chapter, scene, scrollId, sceneId });
        const place = { id: sceneId, scroll_id: scrollId, plan_id: planId, branch, chapter, scene, section };
        return { ...place, design, item_id: itemId, run_id: runId };
      }),
    );
    await uow.query(SAVE, [heads, sections, scenes].map(storableJson));
  }
}

/** Whether lore that people have asked for is a scene's: the whole book's, its chapter's, or its own. */
function concerns(asked: AskedFor, { chapter, scene }: PlacedScene): boolean {
  return (asked.chapter === null || asked.chapter === chapter) && (asked.scene === null || asked.scene === scene);
}
