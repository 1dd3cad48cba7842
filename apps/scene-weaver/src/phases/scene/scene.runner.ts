import { counted, fileReflection, type Phase } from '@fiction/contracts';
import { Requester } from '@fiction/messaging';
import { gathered, passLoreGate, type PhaseRunner, type RunContext, type RunOutcome } from '@fiction/runtime';
import { Injectable } from '@nestjs/common';
import { DraftsRepository } from '../../drafts/drafts.repository';
import { SceneBriefing } from './scene-briefing';
import { onlyQuoted } from './scene-reflection';
import { sceneStyle } from './scene-style';
import { sceneReflectTask } from './scene-reflect.prompt';
import { sceneSummariseTask } from './scene-summarise.prompt';
import { SceneWriting } from './scene-writing';

/**
 * Reads the scene's design, the scene before it, and what the world bible holds that bears on it; writes, checks and
 * revises until the prose passes; then notes what it has changed. Stores every version, the accepted one marked, in the
 * transaction that completes the run.
 */
@Injectable()
export class SceneRunner implements PhaseRunner {
  readonly phase: Phase = 'scene';
  readonly steps = 6;

  constructor(
    private readonly briefing: SceneBriefing,
    private readonly writing: SceneWriting,
    private readonly drafts: DraftsRepository,
    private readonly requester: Requester,
  ) {}

  async run(run: RunContext): Promise<RunOutcome> {
    const { planId, branch, revision } = run;
    const first = await this.briefing.of(run);
    await passLoreGate(this.requester, run, first.loreIds);
    const { briefing, drafts, accepted, raisedLoreIds } = await this.writing.untilAccepted(run, first);

    run.progress(75, `accepted version ${accepted.version}: ${counted(accepted.words, 'word')}`);
    const { book, author, chapter, scene } = briefing.material;
    const { prose } = accepted;
    const [reflected, summarised] = await bothRecorded(
      run.ask('reflect', sceneReflectTask({ ...briefing.material, prose })),
      run.ask('summarise', sceneSummariseTask({ book, author, chapter, scene, prose })),
    );
    const reflection = onlyQuoted(reflected, prose);
    const at = { chapter: chapter.number, scene: scene.number };
    // Filing the same again changes nothing, so this needs no step: a later attempt files it once more.
    await this.requester.ask(fileReflection, {
      planId,
      branch,
      sceneId: briefing.sceneId,
      revision,
      ...at,
      pov: scene.pov,
      reflection,
      page: { prose, ...briefing.asked, loreIds: [...new Set([...briefing.asked.loreIds, ...raisedLoreIds])].sort() },
      drift: { backlogItemId: run.metadata.backlogItemId, ...sceneStyle(briefing.voices, prose) },
    });
    const { summary } = summarised;
    return {
      message: `${counted(accepted.words, 'word')} in ${drafts.length === 1 ? 'one version' : `${drafts.length} versions`}`,
      details: { words: accepted.words, versions: drafts.length },
      effect: gathered(this.drafts.save, {
        origin: {
          planId,
          branch,
          sceneId: briefing.sceneId,
          ...at,
          revision,
          runId: run.runId,
          attempt: run.attempt,
        },
        drafts: drafts.map((draft) => (draft === accepted ? { ...draft, accepted: true, reflection, summary } : draft)),
      }),
    };
  }
}

/** Waits for both even when one fails: an answer that has been paid for must be recorded before the attempt ends. */
async function bothRecorded<A, B>(first: Promise<A>, second: Promise<B>): Promise<[A, B]> {
  const [a, b] = await Promise.allSettled([first, second]);
  if (a.status === 'rejected') throw a.reason;
  if (b.status === 'rejected') throw b.reason;
  return [a.value, b.value];
}
