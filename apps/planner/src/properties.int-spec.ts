import {
  declareLore,
  DomainError,
  LORE_WAKES,
  WORLD_DOMAINS,
  type BacklogItem,
  type Branch,
  type Details,
  type LoreNeed,
  type Phase,
  type StartRun,
} from '@fiction/contracts';
import { seeded } from '@fiction/testing';
import { BacklogReader } from './backlog/backlog.reader';
import { ItemActions } from './backlog/item-actions';
import { PlanControls } from './backlog/plan-controls';
import { BranchesReader } from './branches/branches.reader';
import { BranchesService } from './branches/branches.service';
import { RequiredLore } from './lore/required-lore';
import { ACTOR, PlannerFixture } from './testing/planner-fixture';
import type { SimulatedRun } from './testing/simulated-runs';

jest.setTimeout(580_000);

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

/** Few names, so that different parts of a book often ask for the same. */
const NAMES = ['Low Water', 'Marrow Quay', 'the Salt Guild', 'Old Mill'];
const ENTRY = {
  aliases: [],
  summary: 'As it is.',
  facts: [{ statement: 'It is.', from: '0.0', until: null }],
  relations: [],
};
const needFor = (roll: number): LoreNeed => ({
  domain: WORLD_DOMAINS[roll % 2]!,
  name: NAMES[roll % NAMES.length]!,
  why: 'it is needed',
});

/** What a run asks for: the same whenever it runs, on another branch maybe something else. */
function needsOf({ runId, phase, branch }: StartRun, scene = 0): LoreNeed[] {
  const roll = Array.from(runId.replace(branch, '')).reduce(
    (sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 9973,
    scene + 7,
  );
  const often = phase === 'vision' ? 2 : 3;
  return roll % often === 0 ? [needFor(roll), ...(roll % 5 === 0 ? [needFor(roll + 1)] : [])] : [];
}

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
      [2, 'resume plan', () => this.controls('resume')],
      [2, 'fork', () => this.fork()],
      [1, 'adopt', async () => this.choose('adopt', (await this.pick(await this.branches()))!.name)],
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
      await allowingRefusal(() => this.controls('resume'));
      for (const { name } of await this.branches()) {
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
    for (const branch of await this.branches()) {
      expect(branch).toMatchObject({ status: 'complete', items: { open: 0 } });
      const items = await this.items(branch.name);
      expect(items.every((item) => item.status === 'complete')).toBe(true);
      // Every branch has the whole book, each part of it once.
      const brief = (await fixture.plan(this.planId)).brief;
      expect(items.filter((item) => item.phase === 'scene')).toHaveLength(brief.chapters * 2);
      expect(new Set(items.map((item) => item.itemId.replace(/@.*$/, ''))).size).toBe(items.length);
    }
  }

  private async isFinished(): Promise<boolean> {
    for (const { name } of await this.branches()) {
      if ((await this.items(name)).some((item) => item.status !== 'complete')) return false;
    }
    return (await this.branches()).every((branch) => branch.status === 'complete');
  }

  private async check(): Promise<void> {
    const rows = await fixture.query<{
      id: string;
      run_id: string;
      branch: string;
      status: string;
      reason_code: string | null;
      pending: number;
      pending_lore: number;
      awaits: boolean;
      waits: number;
      waits_lore: number;
      effective: string;
    }>(
      `SELECT i.id, i.run_id, i.branch, i.status, i.reason_code, i.pending, i.pending_lore, i.awaits_release AS awaits,
         (SELECT count(*)::int FROM dependencies d JOIN items o ON o.id = d.depends_on
          WHERE d.item_id = i.id AND o.status <> 'complete' AND o.phase = 'lore') AS waits_lore,
         (SELECT count(*)::int FROM dependencies d JOIN items o ON o.id = d.depends_on
          WHERE d.item_id = i.id AND o.status <> 'complete') AS waits,
         CASE WHEN p.primary_branch = b.name OR p.status = 'paused' THEN p.status ELSE b.status END AS effective
       FROM items i JOIN plans p ON p.id = i.plan_id JOIN branches b ON b.plan_id = i.plan_id AND b.name = i.branch
       WHERE i.plan_id = $1`,
      [this.planId],
    );
    const unheard = new Set(fixture.runs.events.map((event) => event.runId));
    for (const row of rows) {
      const told = { ...row, done: this.done.join(', ') };
      const run = fixture.runs.runs.get(row.run_id);
      // No item runs before what it waits for is complete, and the count of what it waits for is right.
      if (['queued', 'running', 'complete'].includes(row.status)) {
        expect({ ...told, waits: 0, awaits: false }).toEqual(told);
      }
      const pending = row.waits + (row.awaits ? 1 : 0);
      expect({ ...told, pending, pending_lore: row.waits_lore }).toEqual(told);
      // What waits for lore has nothing under way, and is not forgotten when the lore is there.
      const waitsForLore = row.status === 'blocked' && row.reason_code === 'LORE_NOT_READY';
      if (waitsForLore) expect({ told, working: isWorking(run) }).toEqual({ told, working: false });
      // None is complete without its artifact, and none twice.
      if (row.status === 'complete') expect({ told, status: run?.status }).toEqual({ told, status: 'complete' });
      expect(fixture.runs.completions.get(row.run_id) ?? 0).toBeLessThanOrEqual(1);
      // None is lost: what is handed out is somewhere, and what can be handed out is.
      if (row.status === 'queued' || row.status === 'running') {
        const somewhere = isWorking(run) || unheard.has(row.run_id);
        expect({ told, somewhere }).toEqual({ told, somewhere: true });
      }
      const free = ['pending', 'ready'].includes(row.status) || waitsForLore;
      const unblocked = row.status === 'pending' && row.pending === row.pending_lore;
      const idle = ((free && row.pending === 0) || unblocked) && row.effective === 'running';
      expect({ told, idle }).toEqual({ told, idle: false });
    }
    for (const { name, items } of await this.branches()) {
      const own = rows.filter((row) => row.branch === name && row.status !== 'complete' && !row.awaits);
      expect({ name, open: items.open, done: this.done.join(', ') }).toEqual({
        name,
        open: own.length,
        done: this.done.join(', '),
      });
    }
    // A branch never sees another's later work: what it shares is complete, and fixed for ever.
    const shares = await fixture.query<{ branch: string; shared: string; open: number }>(
      `SELECT s.branch, string_agg(s.item_id, ' ' ORDER BY s.item_id) AS shared,
         count(*) FILTER (WHERE i.status <> 'complete' OR i.branch = s.branch)::int AS open
       FROM shared_items s JOIN items i ON i.id = s.item_id WHERE s.plan_id = $1 GROUP BY s.branch`,
      [this.planId],
    );
    for (const { branch, shared, open } of shares) {
      if (!this.shares.has(branch)) this.shares.set(branch, shared);
      expect({ branch, shared, open }).toEqual({ branch, shared: this.shares.get(branch), open: 0 });
    }
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

  private controls(action: 'pause' | 'resume' | 'cancelBranch', branch = 'main'): Promise<unknown> {
    return fixture.get(PlanControls)[action]({ ...ACTOR, planId: this.planId, branch });
  }

  private choose(action: 'adopt', branch: string): Promise<unknown> {
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

const isWorking = (run: SimulatedRun | undefined): boolean => run?.status === 'queued' || run?.status === 'running';

/** A sequence is random: much of it is refused, and a refusal changes nothing. */
async function allowingRefusal(step: () => Promise<unknown>): Promise<void> {
  try {
    await step();
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
  }
}

it(`${SEQUENCES} random sequences of run, fail, cancel, resume, fork, pause, kill, wake, raise and require keep what must hold`, async () => {
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
