import {
  declareLore,
  DomainError,
  LORE_WAKES,
  type BacklogItem,
  type Branch,
  type Details,
  type Phase,
} from '@fiction/contracts';
import { seeded } from '@fiction/testing';
import { BacklogReader } from './backlog/backlog.reader';
import { ItemActions } from './backlog/item-actions';
import { PlanControls } from './backlog/plan-controls';
import { BranchesReader } from './branches/branches.reader';
import { BranchesService } from './branches/branches.service';
import { RequiredLore } from './lore/required-lore';
import { checkGraph } from './testing/check-graph';
import { ACTOR, PlannerFixture } from './testing/planner-fixture';
import { ENTRY, NAMES, needFor, needsOf } from './testing/random-needs';
import type { SimulatedRun } from './testing/simulated-runs';

// A bound for a slow and busy machine: alone on two cores it takes some six minutes.
jest.setTimeout(1_500_000);

const SEQUENCES = Number(process.env.FICTION_SEQUENCES ?? 1_000);
const SEED = Number(process.env.FICTION_SEED ?? 20261121);
/** Plans that are worked on at the same time. */
const AT_ONCE = 4;
const MOST_BRANCHES = 3;

let fixture: PlannerFixture;
beforeAll(async () => {
  fixture = await PlannerFixture.start();
  fixture.needsOf = needsOf;
});
afterAll(() => fixture.stop());

/** One plan, what is done to it, and what must hold whatever is done. */
class Sequence {
  /** What each branch shares: fixed for ever when it is made. */
  private readonly shares = new Map<string, string>();
  readonly done: string[] = [];

  private constructor(
    readonly planId: string,
    private readonly random: () => number,
  ) {}

  static async of(seed: number): Promise<Sequence> {
    const random = seeded(seed);
    const continuity = (['strict', 'chapter', 'loose'] as const)[Math.floor(random() * 3)]!;
    const policy = (['immediate', 'after-sla', 'manual'] as const)[Math.floor(random() * 3)]!;
    const chapters = 1 + Math.floor(random() * 2);
    const planId = await fixture.createPlan({ continuity, chapters, lore: { policy } });
    return new Sequence(planId, random);
  }

  async step(): Promise<void> {
    const steps: [number, string, () => Promise<unknown>][] = [
      [6, 'run', () => this.run((run) => fixture.complete(run))],
      [3, 'run on', () => this.runOn()],
      [3, 'run some', () => this.runSome()],
      [2, 'fail', () => this.run(async (run) => fixture.runs.fail(run))],
      [4, 'wake', () => this.act((item) => this.wake(item), 'lore')],
      [4, 'raise', () => this.raise()],
      [1, 'contradict', () => this.contradict()],
      [1, 'waive', () => this.waive()],
      [1, 'require', () => this.require()],
      [1, 'block', () => this.run(async (run) => fixture.runs.block(run))],
      [1, 'kill', () => this.run(async (run) => fixture.runs.lose(run))],
      [5, 'hear', () => fixture.hear(this.planId, 1 + Math.floor(this.random() * 4))],
      [2, 'cancel', () => this.act((item) => this.cancel(item))],
      [4, 'resume', () => this.act((item) => this.resume(item))],
      [1, 'cancel branch', async () => this.controls('cancelBranch', (await this.pick(await this.branches()))!.name)],
      [1, 'pause', () => this.controls('pause')],
      [2, 'resume plan', () => this.resumePlan()],
      [2, 'fork', () => this.fork()],
      [1, 'adopt', async () => this.choose('adopt', (await this.pick(await this.branches()))!.name)],
      [1, 'archive', async () => this.choose('archive', (await this.pick(await this.branches()))!.name)],
    ];
    let roll = this.random() * steps.reduce((sum, [weight]) => sum + weight, 0);
    const [, name, step] = steps.find(([weight]) => (roll -= weight) < 0)!;
    this.done.push(name);
    await allowingRefusal(step);
    await this.check();
  }

  /** Everything that stopped goes on, and the book is finished on every branch. */
  async finish(): Promise<void> {
    this.done.push('finish');
    for (let round = 0; round < 60; round += 1) {
      await this.runOn();
      await allowingRefusal(() => this.resumePlan());
      for (const { name } of await this.wanted()) {
        for (const item of await this.items(name)) {
          if (item.awaitsRelease) await this.wake(item);
          else if (['failed', 'blocked', 'cancelled'].includes(item.status)) {
            await allowingRefusal(() => this.resume(item));
          }
        }
      }
      await this.runOn();
      if (await this.isFinished()) break;
    }
    await this.check();
    for (const branch of await this.wanted()) {
      expect(branch).toMatchObject({ status: 'complete', items: { open: 0 } });
      const items = await this.items(branch.name);
      expect(items.every((item) => item.status === 'complete')).toBe(true);
      // Every branch that is wanted has the whole book, each part of it once.
      const brief = await fixture.brief(this.planId);
      expect(items.filter((item) => item.phase === 'scene')).toHaveLength(brief.chapters * 2);
      expect(new Set(items.map((item) => item.itemId.replace(/@.*$/, ''))).size).toBe(items.length);
    }
  }

  private async isFinished(): Promise<boolean> {
    for (const { name } of await this.wanted()) {
      if ((await this.items(name)).some((item) => item.status !== 'complete')) return false;
    }
    return (await this.wanted()).every((branch) => branch.status === 'complete');
  }

  private check(): Promise<void> {
    return checkGraph(fixture, this.planId, { done: this.done, shares: this.shares });
  }

  private async run(end: (run: SimulatedRun) => Promise<unknown>): Promise<void> {
    const run = await this.pick(fixture.runs.open(this.planId));
    if (run !== undefined) await end(run);
  }

  /** A few rounds: everything that is under way completes and is heard of. */
  private async runSome(): Promise<void> {
    for (let round = Math.floor(this.random() * 8); round >= 0; round -= 1) {
      for (const run of fixture.runs.open(this.planId)) await fixture.complete(run);
      await fixture.hear(this.planId);
    }
  }

  private runOn(): Promise<void> {
    return fixture.goOn(this.planId);
  }

  private async fork(): Promise<void> {
    const branches = await this.branches();
    if (branches.length >= MOST_BRANCHES) return;
    const from = (await this.pick(branches))!.name;
    const at = this.random() < 0.5 ? undefined : (await this.pick(await this.items(from)))!.itemId;
    const directions = this.random() < 0.3 ? { '1': 'In winter.' } : undefined;
    const name = `branch-${branches.length}`;
    const lore = this.random() < 0.3 ? await this.rewritten(from) : undefined;
    const changes = { ...(directions && { directions }), ...(lore && { lore }) };
    await fixture.get(BranchesService).fork({ ...ACTOR, planId: this.planId, name, from, at, changes });
  }

  /** An entry of the branch, to be something else on a fork. */
  private async rewritten(
    branch: string,
  ): Promise<{ requirementId: string; entry: typeof ENTRY & { name: string } }[]> {
    const item = await this.pick((await this.items(branch)).filter(({ phase }) => phase === 'lore'));
    return item === undefined ? [] : [{ requirementId: item.target.requirementId!, entry: { ...ENTRY, name: 'It' } }];
  }

  private wake({ target, branch }: BacklogItem): Promise<void> {
    const because = LORE_WAKES[Math.floor(this.random() * LORE_WAKES.length)]!;
    return fixture.wake(this.planId, target.requirementId!, { branch, because });
  }

  /** The check of a scene finds what nobody has established. */
  private async raise(): Promise<void> {
    const needs = [needFor(Math.floor(this.random() * 8)), needFor(Math.floor(this.random() * 8))];
    await this.endScene((run) => fixture.runs.block(run, { reason: 'LORE_NEEDED', needs } as Details));
  }

  private async contradict(): Promise<void> {
    const contradictions = [{ entry: NAMES[0]!, statement: 'It is dry.', quote: 'it was wet' }];
    await this.endScene((run) => fixture.runs.fail(run, { code: 'SCENE_GATES_FAILED', contradictions }));
  }

  /** Everything before the scenes completes, if it can; then one of them ends. */
  private async endScene(end: (run: SimulatedRun) => void): Promise<void> {
    for (let round = 0; round < 10; round += 1) {
      const open = fixture.runs.open(this.planId);
      const scene = await this.pick(open.filter(({ start }) => start.phase === 'scene'));
      if (scene !== undefined) return end(scene);
      for (const run of open) await fixture.complete(run);
      await fixture.hear(this.planId);
    }
  }

  private async waive(): Promise<void> {
    const declared = fixture.runs
      .sent(declareLore)
      .filter(({ planId, requirements }) => planId === this.planId && requirements[0]?.kind === 'contradiction');
    const one = await this.pick(declared);
    if (one === undefined) return;
    const { branch, source: declaredBy, requirements } = one;
    const wake = { branch, declaredBy, kind: 'contradiction', because: 'waived' } as const;
    await fixture.wake(this.planId, requirements[0]!.requirementId, wake);
  }

  private async require(): Promise<void> {
    const { name: branch } = (await this.pick(await this.branches()))!;
    const chapter = this.random() < 0.3 ? undefined : 1 + Math.floor(this.random() * 2);
    const scene = chapter === undefined || this.random() < 0.5 ? undefined : 1 + Math.floor(this.random() * 2);
    const need = needFor(Math.floor(this.random() * 8));
    await fixture.get(RequiredLore).require({ ...ACTOR, planId: this.planId, branch, ...need, chapter, scene });
  }

  /** Branches that are to become whole books. */
  private async wanted(): Promise<Branch[]> {
    return (await this.branches()).filter(({ status }) => status !== 'archived');
  }

  private async act(action: (item: BacklogItem) => Promise<unknown>, phase?: Phase): Promise<void> {
    const { name } = (await this.pick(await this.branches()))!;
    const items = (await this.items(name)).filter((item) => phase === undefined || item.phase === phase);
    const item = await this.pick(items);
    if (item !== undefined) await action(item);
  }

  private cancel({ itemId }: BacklogItem): Promise<unknown> {
    return fixture.get(ItemActions).cancel({ ...ACTOR, planId: this.planId, itemId });
  }

  private resume({ itemId, metadata }: BacklogItem): Promise<unknown> {
    return fixture.get(ItemActions).resume({ ...ACTOR, planId: this.planId, itemId, metadata, rebind: false });
  }

  /** Whatever failed, on whichever branch that is wanted, is tried again. */
  private async resumePlan(): Promise<void> {
    await this.controls('resume');
    const wanted = await this.wanted();
    expect(wanted.map(({ status }) => status)).not.toEqual(expect.arrayContaining(['failed']));
    const items = await Promise.all(wanted.map(({ name }) => this.items(name)));
    expect(items.flat().filter(({ status }) => status === 'failed')).toEqual([]);
  }

  private controls(action: 'pause' | 'resume' | 'cancelBranch', branch = 'main'): Promise<unknown> {
    return fixture.get(PlanControls)[action]({ ...ACTOR, planId: this.planId, branch });
  }

  private choose(action: 'adopt' | 'archive', branch: string): Promise<unknown> {
    return fixture.get(BranchesService)[action]({ ...ACTOR, planId: this.planId, branch });
  }

  private branches(): Promise<Branch[]> {
    return fixture.get(BranchesReader).list(this.planId);
  }

  private async items(branch: string): Promise<BacklogItem[]> {
    const page = await fixture.get(BacklogReader).list({ planId: this.planId, branch, order: 'graph', limit: 200 });
    return page.items;
  }

  private async pick<T>(all: T[]): Promise<T | undefined> {
    return all[Math.floor(this.random() * all.length)];
  }
}

/** A sequence is random: much of it is refused, and a refusal changes nothing. */
async function allowingRefusal(step: () => Promise<unknown>): Promise<void> {
  try {
    await step();
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
  }
}

it(`${SEQUENCES} random sequences of run, fail, cancel, resume, fork, archive, pause, kill, wake, raise and require keep what must hold`, async () => {
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let n = next++; n < SEQUENCES; n = next++) {
      const sequence = await Sequence.of(SEED + n);
      try {
        for (let step = 0; step < 14; step += 1) await sequence.step();
        await sequence.finish();
        fixture.runs.forget(sequence.planId);
      } catch (error) {
        throw new Error(`seed ${SEED + n}: ${sequence.done.join(', ')}`, { cause: error });
      }
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
});
