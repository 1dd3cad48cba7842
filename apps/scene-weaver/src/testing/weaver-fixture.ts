import {
  fileReflection,
  jobName,
  listDrafts,
  readPlanMaterial,
  readReadiness,
  readSceneContext,
  readSceneLore,
  readScroll,
  settleBrief,
  startRunsCommand,
  type DraftVersion,
  type RaisedLore,
  type ReplyOf,
  type RequestOf,
  type SceneContext,
  type SceneView,
} from '@fiction/contracts';
import { ScriptedModel, ServiceUnderTest, type ScriptedCall, taskMetadata } from '@fiction/testing';
import { SceneWeaverModule } from '../scene-weaver.module';

const BRIEF = settleBrief(
  {
    title: 'The Salt Clock',
    author: 'M. Okafor',
    text: 'Ada Quill comes to Brine Harbour.',
    chapters: 1,
    scenesPerChapter: 4,
    targetWords: 160,
  },
  { provider: 'rehearsal', model: 'novelist' },
);
const PEOPLE = ['Ada Quill'];

export const sceneIdOf = (planId: string, scene: number): string => `${planId}-c001-s0${scene}`;

/** Scene-weaver among stand-ins of the planner, the world bible and lore-fulfillment; plans have one chapter. */
export class WeaverFixture {
  /** What was filed in the world bible, oldest first. */
  readonly filed: RequestOf<typeof fileReflection>[] = [];
  /** What the drafts were written from, oldest first. */
  readonly drafted: ScriptedCall['material'][] = [];
  /** A word that the prose of the next drafts contains. */
  mark = 'plain';
  /** Answers in place of the fixture, unless it answers undefined. */
  script: (call: ScriptedCall) => unknown = () => undefined;
  /** What the world bible knows beyond the fixture's own. */
  context: Partial<SceneContext> = {};
  /** What the planner says that scenes may rely on. */
  lore: ReplyOf<typeof readSceneLore> = { loreIds: [], sharedLoreIds: [] };
  /** What lore-fulfillment says that a run has raised. */
  raised: (runId: string) => RaisedLore[] = () => [];

  private constructor(
    readonly service: ServiceUnderTest,
    readonly model: ScriptedModel,
  ) {}

  static async start(): Promise<WeaverFixture> {
    const model: ScriptedModel = new ScriptedModel((call) => fixture.script(call) ?? fixture.answer(call));
    const service = await ServiceUnderTest.start({
      service: 'scene-weaver',
      module: (config) => SceneWeaverModule.forConfig(config),
      model,
      replicas: 2,
    });
    const fixture = new WeaverFixture(service, model);
    fixture.standIn();
    return fixture;
  }

  /** Begins or resumes a scene of the plan's chapter; answers the run's id. */
  async begin(
    planId: string,
    branch: string,
    scene: number,
    {
      revision = 1,
      resumption = 0,
      modelId = 'novelist',
    }: Partial<Record<'revision' | 'resumption', number>> & {
      modelId?: string;
    } = {},
  ): Promise<string> {
    const sceneId = sceneIdOf(planId, scene);
    const runId = jobName('scene', sceneId, branch);
    await this.service.publish(startRunsCommand('scene'), {
      starts: [
        {
          runId,
          revision,
          resumption,
          planId,
          branch,
          phase: 'scene',
          target: { chapter: 1, scene, scrollId: `${planId}-c001`, sceneId },
          metadata: {
            ...taskMetadata(planId, branch, { backlogItemId: `item:${runId}`, taskId: `task:${runId}` }),
            modelId,
          },
        },
      ],
    });
    return runId;
  }

  /** All versions of a scene's prose on `main`, oldest first. */
  async versions(planId: string, scene: number): Promise<DraftVersion[]> {
    const question = { planId, sceneId: sceneIdOf(planId, scene), limit: 20 };
    return (await this.service.ask(listDrafts, question)).items;
  }

  /** Writes scenes one after the other, with `mark` in their prose. */
  async write(planId: string, branch: string, scenes: readonly number[], mark: string): Promise<void> {
    this.mark = mark;
    for (const scene of scenes) {
      const ended = await this.service.runEnded(await this.begin(planId, branch, scene));
      if (ended.status !== 'complete') throw new Error(`scene ${scene}: ${JSON.stringify(ended.error)}`);
    }
  }

  private answer({ task, material }: ScriptedCall): unknown {
    if (task === 'scene.draft') {
      this.drafted.push(material);
      return proseOf((material.scene as { number: number }).number, this.mark);
    }
    if (task === 'scene.critique') {
      return { scores: { voice: 9, pace: 9, continuity: 9, clarity: 9 }, problems: [], verdict: 'accept' };
    }
    if (task === 'scene.reflect') {
      return { worldChanges: [], memories: [], obligationsOpened: [], obligationsResolved: [] };
    }
    return { summary: `summary ${this.mark}` };
  }

  private standIn(): void {
    this.service.answer(readPlanMaterial, () => ({ brief: BRIEF, vision: null }));
    this.service.answer(readScroll, ({ planId, scrollId }) => ({
      scroll: {
        scrollId,
        chapter: 1,
        of: 1,
        title: 'A Start',
        synopsis: 'She arrives.',
        plants: [],
        payoffs: [],
        sections: [{ section: 1, title: 'Morning' }],
        scenes: [1, 2, 3, 4].map((scene) => designOf(planId, scrollId, scene)),
        createdAt: new Date(0).toISOString(),
      },
      sharedLoreIds: [],
    }));
    this.service.answer(readSceneLore, () => this.lore);
    this.service.answer(readSceneContext, () => ({
      entries: [],
      persona: { name: 'Ada Quill', baseline: 'dry', memories: [], obligations: [] },
      author: { name: 'M. Okafor', summary: 'A clock.' },
      knownNames: PEOPLE,
      lockedFacts: [],
      notKnown: [],
      sources: [{ entryId: 'entry-1', name: 'Ada Quill', version: 3, why: 'mentioned' as const }],
      ...this.context,
    }));
    this.service.answer(readReadiness, ({ raisedBy }) => ({
      missing: [],
      names: {},
      raised: raisedBy === undefined ? [] : this.raised(raisedBy),
    }));
    this.service.answer(fileReflection, (filing) => {
      this.filed.push(filing);
      return { changes: 0, memories: 0, obligations: 0 };
    });
  }
}

/** Prose that every gate passes. */
export function proseOf(scene: number, mark: string): string {
  return `Ada Quill went down to the clock with a ${mark} lantern for the ${'x'.repeat(scene)} time that night. She listened to its ${mark} tick, and then she wrote down what it owed and to whom.`;
}

function designOf(planId: string, scrollId: string, scene: number): SceneView {
  return {
    sceneId: sceneIdOf(planId, scene),
    scrollId,
    chapter: 1,
    scene,
    section: 1,
    goal: 'to listen',
    conflict: 'It is late.',
    outcome: 'She has listened.',
    pov: 'Ada Quill',
    place: 'the quay',
    storyTime: 'the first night',
    cast: PEOPLE,
    beats: [{ text: 'she goes down to the clock', mentions: ['clock'] }],
    requiredLore: [],
    loreIds: [],
    status: 'ready',
  };
}
