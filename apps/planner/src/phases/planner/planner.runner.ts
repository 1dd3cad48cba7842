import { counted, bookMaterial, readWorldIndex, type Phase } from '@fiction/contracts';
import { Requester } from '@fiction/messaging';
import { PermanentRunError, type PhaseRunner, type RunContext, type RunOutcome } from '@fiction/runtime';
import { Injectable } from '@nestjs/common';
import { ArtifactsRepository } from '../../artifacts/artifacts.repository';
import { PlansService } from '../../plans/plans.service';
import { plannerPassTask } from './planner.prompt';

const SAVE = `
  INSERT INTO plan_passes (plan_id, branch, pass_index, pass, run_id) VALUES ($1, $2, $3, $4, $5)
  ON CONFLICT (plan_id, branch, pass_index) DO UPDATE SET pass = excluded.pass, run_id = excluded.run_id`;

/** Reads vision, world and earlier passes; asks for the next pass; writes it. The last one fixes the chapters. */
@Injectable()
export class PlannerRunner implements PhaseRunner {
  readonly phase: Phase = 'planner';
  readonly steps = 2;

  constructor(
    private readonly plans: PlansService,
    private readonly artifacts: ArtifactsRepository,
    private readonly requester: Requester,
  ) {}

  async run(run: RunContext): Promise<RunOutcome> {
    const { planId, branch } = run;
    const passIndex = run.target.passIndex!;
    const [{ brief, vision }, earlierPasses, world] = await Promise.all([
      this.plans.material(planId, branch),
      this.artifacts.passesBefore(planId, branch, passIndex),
      run.lookUp('world', () => this.requester.ask(readWorldIndex, { planId, branch, loreIds: [] })),
    ]);
    if (vision === null) throw new PermanentRunError('VISION_MISSING', 'a planning pass needs the vision');
    run.progress(10, `pass ${passIndex} of ${brief.planningPasses}`);
    const pass = await run.ask(
      'pass',
      plannerPassTask({
        book: bookMaterial(brief),
        chapters: brief.chapters,
        scenesPerChapter: brief.scenesPerChapter,
        vision,
        world: world.entries.map(({ name, type, summary }) => ({ name, type, summary })),
        earlierPasses,
        passIndex: passIndex - 1,
        isLast: passIndex === brief.planningPasses,
      }),
      { ahead: true },
    );
    return {
      message: `pass ${passIndex}: ${counted(pass.chapters.length, 'chapter')}, ${counted(pass.risks.length, 'risk')}`,
      details: { chapters: pass.chapters.length, openQuestions: pass.openQuestions.length },
      effect: async (uow) => {
        await uow.query(SAVE, [planId, branch, passIndex, JSON.stringify(pass), run.runId]);
      },
    };
  }
}
