import { baselineText, counted, bookMaterial, fileRoster, type Phase } from '@fiction/contracts';
import { Requester } from '@fiction/messaging';
import type { PhaseRunner, RunContext, RunOutcome } from '@fiction/runtime';
import { Injectable } from '@nestjs/common';
import { LoreNeeds } from '../../lore/lore-needs';
import { scrollItem } from '../../graph/first-items';
import { PlanGraph } from '../../graph/plan-graph';
import { PlansService } from '../../plans/plans.service';
import { visionTask } from './vision.prompt';

const SAVE = `
  INSERT INTO visions (plan_id, branch, vision, run_id) VALUES ($1, $2, $3, $4)
  ON CONFLICT (plan_id, branch) DO UPDATE SET vision = excluded.vision, run_id = excluded.run_id`;

/**
 * Reads the brief; asks what the book is; writes the vision onto the plan, the cast into the world bible's roster, and
 * the lore the story will need, for which every scroll waits.
 */
@Injectable()
export class VisionRunner implements PhaseRunner {
  readonly phase: Phase = 'vision';
  readonly steps = 1;

  constructor(
    private readonly plans: PlansService,
    private readonly lore: LoreNeeds,
    private readonly graph: PlanGraph,
    private readonly requester: Requester,
  ) {}

  async run(run: RunContext): Promise<RunOutcome> {
    const { planId, branch } = run;
    const { brief } = await this.plans.material(planId, branch);
    // What somebody should sound like is for measuring what is written; here it would only be long.
    const cast = brief.cast.map(({ name, role, baseline }) => ({ name, role, baseline }));
    run.progress(10, 'reading the brief');
    const vision = await run.ask(
      'vision',
      visionTask({
        book: bookMaterial(brief, Infinity),
        cast: cast.map((member) => ({ ...member, baseline: baselineText(member.baseline) })),
        chapters: brief.chapters,
        scenesPerChapter: brief.scenesPerChapter,
        targetWords: brief.targetWords,
      }),
    );
    // Filing the same again changes nothing, so this needs no step: a later attempt files it once more.
    await this.requester.ask(fileRoster, {
      planId,
      branch,
      author: { name: brief.author, summary: vision.authorSummary },
      cast: vision.cast,
      briefCast: cast,
    });
    const scope = { planId, branch, chapter: null, scene: null };
    const needs = await this.lore.number(scope, vision.lore, { known: [], continuity: brief.continuity });
    return {
      message: [
        counted(vision.acts.length, 'act'),
        counted(vision.cast.length, 'person', 'people'),
        counted(needs.length, 'thing to establish', 'things to establish'),
      ].join(', '),
      details: { acts: vision.acts.length, cast: vision.cast.length, lore: needs.length },
      effect: async (uow) => {
        await uow.query(SAVE, [planId, branch, JSON.stringify(vision), run.runId]);
        await this.lore.add(uow, scope, run.runId, needs);
        const chapters = Array.from({ length: brief.chapters }, (_, index) => index + 1);
        await this.graph.wait(
          uow,
          scope,
          chapters.flatMap((chapter) =>
            needs.map((need) => ({
              itemId: scrollItem(planId, branch, chapter),
              dependsOn: this.lore.itemId(scope, need.requirementId),
            })),
          ),
        );
      },
    };
  }
}
