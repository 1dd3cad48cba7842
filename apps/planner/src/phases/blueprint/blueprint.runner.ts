import {
  counted,
  bookMaterial,
  fileDesign,
  readWorldIndex,
  wordsPerScene,
  type Blueprint,
  type Phase,
  type ReplyOf,
} from '@fiction/contracts';
import { Requester } from '@fiction/messaging';
import { SameTick, storableJson, type UnitOfWork } from '@fiction/platform';
import { gathered, PermanentRunError, type PhaseRunner, type RunContext, type RunOutcome } from '@fiction/runtime';
import { Injectable } from '@nestjs/common';
import { ArtifactsRepository, type Validation } from '../../artifacts/artifacts.repository';
import { LoreNeeds, type NumberedNeed } from '../../lore/lore-needs';
import { scrollItem } from '../../graph/first-items';
import { PlanGraph } from '../../graph/plan-graph';
import { PlansService } from '../../plans/plans.service';
import { beatsOfChapter, blueprintTask } from './blueprint.prompt';
import { validateBlueprint } from './blueprint.validation';

const SAVE = `
  INSERT INTO blueprints (plan_id, branch, chapter, blueprint, validation, run_id)
  SELECT * FROM json_to_recordset($1::json) AS b (plan_id text, branch text, chapter int, blueprint jsonb,
    validation jsonb, run_id text)
  ON CONFLICT (plan_id, branch, chapter)
  DO UPDATE SET blueprint = excluded.blueprint, validation = excluded.validation, run_id = excluded.run_id`;

/** A chapter's design with what it needs, before it is stored. */
interface DesignedChapter {
  planId: string;
  branch: string;
  chapter: number;
  blueprint: Blueprint;
  validation: Validation;
  runId: string;
  needs: NumberedNeed[];
}

/**
 * Reads the last pass, the world and the neighbouring chapters; asks for the chapter's design; writes it with what a
 * deterministic check found, and the lore the chapter needs, for which its scroll waits. With `loose` continuity the
 * chapters are designed side by side, and the chapter before is known by its outline alone.
 */
@Injectable()
export class BlueprintRunner implements PhaseRunner {
  readonly phase: Phase = 'blueprint';
  readonly steps = 2;
  private readonly worlds = new SameTick<ReplyOf<typeof readWorldIndex>>();

  constructor(
    private readonly plans: PlansService,
    private readonly artifacts: ArtifactsRepository,
    private readonly lore: LoreNeeds,
    private readonly graph: PlanGraph,
    private readonly requester: Requester,
  ) {}

  async run(run: RunContext): Promise<RunOutcome> {
    const { planId, branch } = run;
    const chapter = run.target.chapter!;
    const [{ brief, vision, directions }, outline, world] = await Promise.all([
      this.plans.material(planId, branch),
      this.artifacts.outline(planId, branch),
      run.lookUp('world', () => this.worldIndex(planId, branch)),
    ]);
    const own = outline[chapter - 1];
    if (vision === null || own === undefined) {
      throw new PermanentRunError('OUTLINE_MISSING', `there is no outline of chapter ${chapter}`);
    }
    const previous =
      brief.continuity === 'loose' || chapter === 1
        ? undefined
        : await this.artifacts.blueprint(planId, branch, chapter - 1);
    run.progress(10, `designing chapter ${chapter}`);
    const words = wordsPerScene(brief);
    const blueprint = await run.ask(
      'blueprint',
      blueprintTask({
        book: bookMaterial(brief),
        acts: vision.acts,
        themes: vision.themes,
        cast: vision.cast,
        scenesPerChapter: brief.scenesPerChapter,
        wordsPerScene: words,
        chapter: { ...own, number: chapter, of: brief.chapters },
        previous: previous ? { title: previous.title, synopsis: previous.synopsis, plants: previous.plants } : null,
        next: outline[chapter] ?? null,
        known: world.entries.map((entry) => entry.name),
        ...(directions[chapter] !== undefined && { direction: directions[chapter] }),
      }),
    );
    const scope = { planId, branch, chapter, scene: null };
    const known = world.entries.flatMap((entry) => [entry.name, ...entry.aliases]);
    const needs = await this.lore.number(scope, blueprint.requiredLore, { known, continuity: brief.continuity });
    const validation = validateBlueprint(blueprint, {
      beats: beatsOfChapter(brief.scenesPerChapter, words),
      plantsBefore: previous?.plants,
    });
    // Filed before the chapter is complete, so that whatever comes after it is told of it. Filing it again changes nothing.
    await this.requester.ask(fileDesign, {
      planId,
      branch,
      chapter,
      revision: run.revision,
      plants: blueprint.plants,
      payoffs: blueprint.payoffs,
      chapters: brief.chapters,
      scenesPerChapter: brief.scenesPerChapter,
      terms: brief.obligations,
    });
    return {
      message: `"${blueprint.title}": ${counted(blueprint.beats.length, 'beat')}`,
      details: { beats: blueprint.beats.length, validation: validation.status, lore: needs.length },
      effect: gathered(this.write, { planId, branch, chapter, blueprint, validation, runId: run.runId, needs }),
    };
  }

  private readonly write = async (uow: UnitOfWork, designed: DesignedChapter[]): Promise<void> => {
    const rows = designed.map(({ planId: plan_id, runId: run_id, branch, chapter, blueprint, validation }) => {
      return { plan_id, branch, chapter, blueprint, validation, run_id };
    });
    await uow.query(SAVE, [storableJson(rows)]);
    for (const { planId, branch, chapter, runId, needs } of designed) {
      const scope = { planId, branch, chapter, scene: null };
      await this.lore.add(uow, scope, runId, needs);
      const itemId = scrollItem(planId, branch, chapter);
      await this.graph.wait(
        uow,
        scope,
        needs.map((need) => ({ itemId, dependsOn: this.lore.itemId(scope, need.requirementId) })),
      );
    }
  };

  /** Asked once for all chapters that are begun together. */
  private worldIndex(planId: string, branch: string): Promise<ReplyOf<typeof readWorldIndex>> {
    const question = { planId, branch, loreIds: [] };
    return this.worlds.get(`${planId} ${branch}`, () => this.requester.ask(readWorldIndex, question));
  }
}
