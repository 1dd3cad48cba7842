import {
  declareLore,
  supplyLore,
  type BacklogItem,
  type Brief,
  type LoreNeed,
  type WorldEntryDraft,
} from '@fiction/contracts';
import { ACTOR, PlannerFixture } from '../testing/planner-fixture';
import { RequiredLore } from '../lore/required-lore';
import { BranchesService } from './branches.service';

let fixture: PlannerFixture;
beforeAll(async () => (fixture = await PlannerFixture.start()));
afterAll(() => fixture.stop());
beforeEach(() => {
  fixture.runs.heard.length = 0;
  fixture.needsOf = ({ phase, target }, scene) => {
    if (phase === 'vision') return [need('Marrow Quay')];
    return phase === 'scroll' && target.chapter === 2 && scene === 1 ? [need('Low Water')] : [];
  };
});

const need = (name: string): LoreNeed => ({ domain: 'places', name, why: `${name} is where it happens` });
const entryOf = (name: string): WorldEntryDraft => ({
  name,
  aliases: [],
  summary: `${name}, as the fork has it.`,
  facts: [{ statement: `${name} is dry.`, from: '0.0', until: null }],
  relations: [],
});
const statuses = async (planId: string, branch: string): Promise<string[]> =>
  (await fixture.items(planId, branch))
    .filter((item) => item.branch === branch)
    .map(({ itemId, status }: BacklogItem) => `${itemId.replace(planId, 'p').replace(/^item:/, '')} ${status}`);
const fork = (planId: string, lore: { requirementId: string; entry: WorldEntryDraft }[], at?: string) =>
  fixture.get(BranchesService).fork({ ...ACTOR, planId, name: 'alt', from: 'main', at, changes: { lore } });

async function finished(brief: Partial<Brief> = {}): Promise<string> {
  const planId = await fixture.createPlan(brief);
  for (let round = 0; round < 5 && (await fixture.plan(planId)).status !== 'complete'; round += 1) {
    await fixture.goOn(planId);
    for (const item of await fixture.items(planId)) {
      if (item.phase === 'lore') await fixture.wake(planId, item.target.requirementId!);
    }
  }
  return planId;
}

it.each(['immediate', 'after-sla', 'manual'] as const)(
  'with "%s" a fork that changes an entry makes it and what depends on it anew, with the text that is supplied',
  async (policy) => {
    const planId = await finished({ lore: { policy } });
    const requirementId = `${planId}-c002-s01-lore-1`;
    fixture.runs.heard.length = 0;
    await fork(planId, [{ requirementId, entry: entryOf('Low Water') }]);
    expect(await statuses(planId, 'alt')).toEqual([
      'lore:p-c002-s01-lore-1@alt queued',
      'scene:p-c002-s01@alt blocked',
      'scene:p-c002-s02@alt pending',
    ]);
    expect(fixture.runs.sent(supplyLore)).toEqual([
      { planId, branch: 'alt', requirementId, entry: entryOf('Low Water'), actor: 'tester', source: 'api' },
    ]);
    // The branch is known first, then what is supplied, then the run.
    const told = fixture.runs.heard.map(({ subject }) => subject).filter((one) => one.includes('lore-fulfillment'));
    expect(told.map((subject) => subject.split('.').at(-1))).toEqual([
      'fork-branch',
      'supply-lore',
      'start-runs',
      'block-lore',
    ]);
    await fixture.goOn(planId);
    expect(await statuses(planId, 'alt')).toEqual([
      'lore:p-c002-s01-lore-1@alt complete',
      'scene:p-c002-s01@alt complete',
      'scene:p-c002-s02@alt complete',
    ]);
  },
);

it('that changes lore of the whole book makes every chapter from its scroll on anew', async () => {
  const planId = await finished();
  await fork(planId, [{ requirementId: `${planId}-lore-1`, entry: entryOf('Marrow Quay') }]);
  const anew = await statuses(planId, 'alt');
  expect(anew).toEqual(['lore:p-lore-1@alt queued', 'scroll:p-c001@alt blocked', 'scroll:p-c002@alt blocked']);
});

it('refuses lore that the fork will not have, naming each field, and makes no branch', async () => {
  const planId = await finished();
  const entry = entryOf('Low Water');
  const known = `${planId}-c002-s01-lore-1`;
  const refused = await fork(planId, [
    { requirementId: 'no-such-lore', entry },
    { requirementId: known, entry },
    { requirementId: known, entry },
  ]).catch((error: unknown) => error);
  expect(refused).toMatchObject({
    code: 'LORE_REQUIREMENT_UNKNOWN',
    status: 400,
    errors: [{ field: 'changes.lore.0.requirementId' }, { field: 'changes.lore.2.requirementId' }],
  });
  // The scroll that declares it is made anew, and may declare something else.
  const scroll = `item:scroll:${planId}-c002`;
  await expect(fork(planId, [{ requirementId: known, entry }], scroll)).rejects.toMatchObject({
    code: 'LORE_REQUIREMENT_UNKNOWN',
  });
  expect(fixture.runs.sent(supplyLore)).toEqual([]);
  expect(await fixture.query('SELECT name FROM branches WHERE plan_id = $1', [planId])).toEqual([{ name: 'main' }]);
});

it('calls what people have asked for on several occasions what they called it first', async () => {
  const planId = await fixture.createPlan({ lore: { policy: 'manual' } });
  const asked = { ...ACTOR, planId, branch: 'main', domain: 'places' as const, why: 'it is needed' };
  const places = [
    { chapter: 2, name: 'The Low Mill' },
    { chapter: 1, scene: 1, name: 'low-mill' },
    { chapter: 2, scene: 1, name: 'Low Mill' },
  ];
  for (const place of places) await fixture.get(RequiredLore).require({ ...asked, ...place });
  fixture.runs.heard.length = 0;
  await fork(planId, []);
  const declared = fixture.runs.sent(declareLore).flatMap(({ requirements }) => requirements);
  expect(declared).toHaveLength(3);
  expect(declared[0]).toMatchObject({ name: 'The Low Mill', chapter: 2, scene: null });
});

it('what a fork needs in place of something else under the same id has its own name there', async () => {
  const planId = await finished();
  fixture.needsOf = ({ phase, target }, scene) =>
    phase === 'scroll' && target.chapter === 2 && scene === 1 ? [need('Salt Row')] : [];
  await fork(planId, [], `item:scroll:${planId}-c002`);
  await fixture.goOn(planId);
  const namesOn = async (branch: string): Promise<string[]> =>
    (await fixture.items(planId, branch))
      .filter(({ itemId }) => itemId.startsWith(`item:scene:${planId}-c002-s01`))
      .flatMap(({ lore }) => lore.map(({ name }) => name));
  expect(await namesOn('main')).toEqual(['Low Water']);
  expect(await namesOn('alt')).toEqual(['Salt Row']);
  const asked = { ...ACTOR, planId, branch: 'alt', chapter: 2, ...need('Salt Row') };
  expect(await fixture.get(RequiredLore).require(asked)).toMatchObject({
    requirementId: `${planId}-c002-s01-lore-1`,
    repeated: true,
  });
});
