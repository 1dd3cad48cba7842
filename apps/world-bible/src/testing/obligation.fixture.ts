import {
  actOnObligation,
  alertCauseReported,
  fileDesign,
  fileReflection,
  listObligations,
  plantObligation,
  readSceneContext,
  type AlertCause,
  type ObligationAction,
  type Reflection,
  type RequestOf,
} from '@fiction/contracts';
import { Clock } from '@fiction/platform';
import { ManualClock, until, type ServiceUnderTest } from '@fiction/testing';
import { ObligationWatch } from '../obligations/watch/obligation-watch';
import { fileWorld, startWorldBible } from './bible-fixture';
import { entry } from './entry.builder';

export const BY = { actor: 'a writer', source: 'api' as const };

/** The world bible with a clock that the test moves, books of two chapters of two scenes, and ears for its alerts. */
export class ObligationFixture {
  private constructor(
    readonly service: ServiceUnderTest,
    readonly clock: ManualClock,
    private readonly reports: AlertCause[],
  ) {}

  static async start(): Promise<ObligationFixture> {
    const clock = new ManualClock();
    const service = await startWorldBible({
      replicas: 2,
      env: { FICTION_SWEEP_SECONDS: '3600' },
      override: (builder) => builder.overrideProvider(Clock).useValue(clock),
    });
    return new ObligationFixture(service, clock, await service.hear(alertCauseReported));
  }

  stop(): Promise<void> {
    return this.service.stop();
  }

  /** A world with Ada and Tobias in it. */
  begin(planId: string): Promise<void> {
    return fileWorld(this.service, planId, [entry('Ada Quill', { aliases: ['Quill'] }), entry('Tobias Marsh')]);
  }

  design(planId: string, chapter: number, over: Partial<RequestOf<typeof fileDesign>> = {}) {
    return this.service.ask(fileDesign, {
      planId,
      chapter,
      revision: 1,
      plants: [],
      payoffs: [],
      chapters: 2,
      scenesPerChapter: 2,
      terms: { scenes: 2, hours: 24 },
      ...over,
    });
  }

  scene(planId: string, chapter: number, scene: number, over: Partial<Reflection> = {}, branch = 'main', revision = 1) {
    return this.service.ask(fileReflection, {
      planId,
      branch,
      sceneId: `${planId}-c00${chapter}-s0${scene}`,
      revision,
      chapter,
      scene,
      pov: 'Ada Quill',
      reflection: { worldChanges: [], memories: [], obligationsOpened: [], obligationsResolved: [], ...over },
    });
  }

  async list(planId: string, branch = 'main', over: Partial<RequestOf<typeof listObligations>> = {}) {
    return this.service.ask(listObligations, { planId, branch, ...over });
  }

  /** The one obligation of these words. */
  async obligation(planId: string, text: string, branch = 'main') {
    const { items } = await this.list(planId, branch);
    return items.find((item) => item.text === text);
  }

  plant(planId: string, text: string, over: Partial<RequestOf<typeof plantObligation>> = {}) {
    return this.service.ask(plantObligation, {
      ...BY,
      planId,
      text,
      kind: 'debt',
      persona: null,
      planted: '0.0',
      due: null,
      note: null,
      itemId: null,
      actionId: null,
      idempotencyKey: null,
      ...over,
    });
  }

  async act(
    planId: string,
    text: string,
    action: ObligationAction,
    over: Partial<RequestOf<typeof actOnObligation>> = {},
  ) {
    const found = await this.obligation(planId, text, over.branch);
    return this.service.ask(actOnObligation, {
      ...BY,
      planId,
      obligationId: found?.obligationId ?? 'obligation-none',
      action,
      note: null,
      itemId: null,
      actionId: null,
      idempotencyKey: null,
      ...over,
    });
  }

  async context(
    planId: string,
    chapter: number,
    scene: number,
    over: Partial<RequestOf<typeof readSceneContext>> = {},
  ) {
    return this.service.ask(readSceneContext, {
      planId,
      chapter,
      scene,
      continuity: 'chapter',
      names: ['Tobias Marsh'],
      pov: 'Ada Quill',
      loreIds: [],
      budgetTokens: 4000,
      ...over,
    });
  }

  /** All replicas look at once. */
  async sweep(): Promise<void> {
    await Promise.all(this.service.replicas.map((app) => app.get(ObligationWatch, { strict: false }).sweep()));
  }

  /** What was reported of a plan, once there are so many reports: cause, whether it is there, and the items. */
  async reported(planId: string, count: number): Promise<AlertCause[]> {
    const mine = (): AlertCause[] => this.reports.filter((report) => report.planId === planId);
    await until(`${count} reports of ${planId}`, async () => mine().length >= count);
    return mine();
  }
}
