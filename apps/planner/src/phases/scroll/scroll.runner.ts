import { counted, bookMaterial, followedScene, readEntries, wordsPerScene, type Phase } from '@fiction/contracts';
import { Requester } from '@fiction/messaging';
import {
  gathered,
  passLoreGate,
  PermanentRunError,
  type PhaseRunner,
  type RunContext,
  type RunOutcome,
} from '@fiction/runtime';
import { Injectable } from '@nestjs/common';
import { ArtifactsRepository } from '../../artifacts/artifacts.repository';
import { LoreNeeds } from '../../lore/lore-needs';
import { SceneLore } from '../../lore/scene-lore';
import { ScrollWriter, type PlacedScene } from '../../artifacts/scroll-writer';
import { sceneItem } from '../../graph/first-items';
import { PlansService } from '../../plans/plans.service';
import { scrollTask } from './scroll.prompt';

/**
 * Reads the blueprint and the world; asks for sections and scenes; writes them, and the scenes and their lore join the
 * plan graph. Begins only when the lore of book and chapter is ready.
 */
@Injectable()
export class ScrollRunner implements PhaseRunner {
  readonly phase: Phase = 'scroll';
  readonly steps = 2;

  constructor(
    private readonly plans: PlansService,
    private readonly artifacts: ArtifactsRepository,
    private readonly lore: LoreNeeds,
    private readonly sceneLore: SceneLore,
    private readonly writer: ScrollWriter,
    private readonly requester: Requester,
  ) {}

  async run(run: RunContext): Promise<RunOutcome> {
    const { planId, branch } = run;
    const chapter = run.target.chapter!;
    const [{ brief }, blueprint, chapters, loreIds] = await Promise.all([
      this.plans.material(planId, branch),
      this.artifacts.blueprint(planId, branch, chapter),
      this.artifacts.outline(planId, branch),
      this.sceneLore.sharedIn(planId, branch, chapter),
    ]);
    const outline = chapters[chapter - 1];
    if (blueprint === undefined || outline === undefined) {
      throw new PermanentRunError('BLUEPRINT_MISSING', `there is no blueprint of chapter ${chapter}`);
    }
    await passLoreGate(this.requester, run, loreIds);
    const names = [
      outline.pov,
      ...outline.places,
      ...blueprint.beats.flatMap((beat) => beat.mentions),
      blueprint.synopsis,
    ];
    const world = await run.lookUp('world', () => this.requester.ask(readEntries, { planId, branch, names, loreIds }));
    run.progress(10, `breaking chapter ${chapter} into scenes`);
    const scroll = await run.ask(
      'scroll',
      scrollTask({
        book: bookMaterial(brief),
        scenesPerChapter: brief.scenesPerChapter,
        wordsPerScene: wordsPerScene(brief),
        chapter: { ...blueprint, number: chapter, of: brief.chapters, pov: outline.pov, places: outline.places },
        world: world.entries,
      }),
      { ahead: true },
    );
    const known = world.entries.flatMap((entry) => [entry.name, ...entry.aliases]);
    const scenes: PlacedScene[] = [];
    for (const [section, { scenes: designs }] of scroll.sections.entries()) {
      for (const design of designs) {
        const scene = scenes.length + 1;
        const needs = await this.lore.number({ planId, branch, chapter, scene }, design.requiredLore, {
          known,
          continuity: brief.continuity,
          earlier: scenes.flatMap((one) => one.needs),
        });
        const before = followedScene(brief.continuity, { chapter, scene }, brief.scenesPerChapter);
        const waitsFor = [
          ...(before ? [sceneItem(planId, branch, before.chapter, before.scene)] : []),
          ...needs.map((need) => this.lore.itemId({ planId, branch }, need.requirementId)),
        ];
        scenes.push({ chapter, scene, section: section + 1, design, needs, waitsFor });
      }
    }
    return {
      message: `${counted(scroll.sections.length, 'section')}, ${counted(scenes.length, 'scene')}`,
      details: { sections: scroll.sections.length, scenes: scenes.length },
      effect: gathered(this.writer.write, {
        planId,
        branch,
        chapter,
        scrollId: run.target.scrollId!,
        runId: run.runId,
        sections: scroll.sections.map((section) => section.title),
        scenes,
      }),
    };
  }
}
