import type { BacklogItem, Brief, LoreNeed, PlanDetail, SettledBrief, StartRun, WakeLore } from '@fiction/contracts';
import { Outbox } from '@fiction/messaging';
import { Clock, Database, type UnitOfWork } from '@fiction/platform';
import { RunStarts } from '@fiction/runtime';
import { ManualClock, ServiceUnderTest } from '@fiction/testing';
import type { Type } from '@nestjs/common';
import { BacklogReader } from '../backlog/backlog.reader';
import { RunResults } from '../graph/run-results';
import { LoreWakes } from '../lore/lore-wakes';
import { PlannerModule } from '../planner.module';
import { PlansService } from '../plans/plans.service';
import { declare } from './simulated-artifacts';
import { SimulatedRuns, type SimulatedRun } from './simulated-runs';

export const ACTOR = { actor: 'tester', source: 'api' as const, idempotencyKey: null };

const BRIEF: Brief = {
  title: 'The Salt Clock',
  author: 'M. Okafor',
  text: 'Ada Quill keeps the clock of Marrow Quay.',
  chapters: 2,
  scenesPerChapter: 2,
  planningPasses: 1,
};

/** The planner on a real database, with the runs of all services simulated. */
export class PlannerFixture {
  readonly runs = new SimulatedRuns();
  readonly clock = new ManualClock();
  service!: ServiceUnderTest;
  private readonly briefs = new Map<string, SettledBrief>();

  static async start(env: Record<string, string> = {}): Promise<PlannerFixture> {
    const fixture = new PlannerFixture();
    fixture.service = await ServiceUnderTest.start({
      service: 'planner',
      module: (config) => PlannerModule.forConfig(config),
      env: { FICTION_SWEEP_SECONDS: '3600', ...env },
      override: (builder) =>
        void builder
          .overrideProvider(RunStarts)
          .useValue(fixture.runs.starts)
          .overrideProvider(Outbox)
          .useValue(fixture.runs.outbox)
          .overrideProvider(Clock)
          .useValue(fixture.clock),
    });
    return fixture;
  }

  async stop(): Promise<void> {
    await this.service.stop();
  }

  get<T>(token: Type<T>): T {
    return this.service.replicas[0]!.get(token, { strict: false });
  }

  query<R>(sql: string, values: unknown[] = []): Promise<R[]> {
    return this.service.query<R>(sql, values);
  }

  async createPlan(brief: Partial<Brief> = {}): Promise<string> {
    const { planId } = await this.get(PlansService).create({ ...BRIEF, ...brief }, null, 'tester');
    return planId;
  }

  plan(planId: string): Promise<PlanDetail> {
    return this.get(PlansService).read(planId);
  }

  /** The brief a plan was made from: asked once, since it never changes. */
  async brief(planId: string): Promise<SettledBrief> {
    const brief = this.briefs.get(planId) ?? (await this.plan(planId)).brief;
    this.briefs.set(planId, brief);
    return brief;
  }

  /** What runs ask the world to establish; nothing unless a spec says so. A scroll asks for its scenes. */
  needsOf: (start: StartRun, scene?: number) => LoreNeed[] = () => [];

  /** How many words a scene comes to. */
  wordsOf: (start: StartRun) => number = () => 0;

  /** Completes a run as its phase would: what it makes, and the lore it asks for, join the graph. */
  async complete(run: SimulatedRun): Promise<void> {
    await declare(this, run.start);
    this.runs.complete(run, run.start.phase === 'scene' ? { words: this.wordsOf(run.start) } : {});
  }

  /** Lets the planner hear the oldest `count` events of a plan, in one message. */
  async hear(planId: string, count = Infinity): Promise<void> {
    const events = this.runs.take(planId, count);
    if (events.length === 0) return;
    await this.transaction((uow) => this.get(RunResults).settle(uow, events));
  }

  /** Lets everything of a plan go on until nothing is under way any more. */
  async goOn(planId: string): Promise<void> {
    const unheard = (): boolean => this.runs.events.some((event) => event.planId === planId);
    for (let open = this.runs.open(planId); open.length > 0 || unheard(); open = this.runs.open(planId)) {
      for (const run of open) await this.complete(run);
      await this.hear(planId);
    }
  }

  transaction<T>(work: (uow: UnitOfWork) => Promise<T>): Promise<T> {
    return this.get(Database).transaction(work);
  }

  async items(planId: string, branch = 'main'): Promise<BacklogItem[]> {
    return (await this.get(BacklogReader).list({ planId, branch, order: 'graph', limit: 200 })).items;
  }

  /** Wakes a requirement as lore-fulfillment would. */
  async wake(planId: string, requirementId: string, more: Partial<WakeLore> = {}): Promise<void> {
    const wake: WakeLore = {
      planId,
      branch: 'main',
      requirementId,
      kind: 'entry',
      because: 'sla',
      actor: 'clock',
      source: 'automation',
      declaredBy: '',
      ...more,
    };
    await this.transaction((uow) => this.get(LoreWakes).wake(uow, wake));
  }
}
