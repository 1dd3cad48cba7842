import { forkBranchCommandOf, jobName, listLore, readReadiness } from '@fiction/contracts';
import { ScriptedModel, until, type ScriptedCall } from '@fiction/testing';
import { declarationOf, LoreFixture, requirementOf } from '../../testing/lore-fixture';
import { LoreDeclarations } from './lore-declarations';

const VISION = 'fiction:vision:test';
let lore: LoreFixture;
beforeAll(async () => {
  const model = new ScriptedModel(({ task, material }: ScriptedCall) => {
    if (task !== 'lore.draft') return { verdict: 'consistent', contradictions: [] };
    const { name } = material.need as { name: string };
    const facts = [{ statement: 'It was there before.', from: '0.0', until: null }];
    return { name, aliases: [], summary: `${name} is there.`, facts, relations: [] };
  });
  lore = await LoreFixture.start(model);
});
afterAll(() => lore.service.stop());

async function fulfilled(planId: string, requirementId: string, branch?: string): Promise<void> {
  const ended = await lore.service.runEnded(await lore.fulfil(planId, requirementId, branch));
  expect(ended).toMatchObject({ status: 'complete' });
}
async function declared(planId: string, ids: string[], by?: { branch?: string; source?: string }): Promise<void> {
  await lore.declare(
    planId,
    ids.map((requirementId) => ({ requirementId })),
    by,
  );
  for (const id of ids) await lore.declared(id, by?.branch);
}
const states = async (planId: string, branch: string, limit = 2): Promise<string[]> => {
  const seen: string[] = [];
  for (let cursor: string | undefined; ;) {
    const page = await lore.service.ask(listLore, { planId, branch, limit, cursor });
    seen.push(...page.items.map((item) => `${item.id} ${item.status}`));
    if (page.nextCursor === null) return seen;
    cursor = page.nextCursor;
  }
};
const missing = async (planId: string, branch: string, requirementIds: string[]): Promise<string[]> =>
  (await lore.service.ask(readReadiness, { planId, branch, requirementIds })).missing;

it('shares what was ready, and requires on each side what was not; neither side fulfils it for the other', async () => {
  await declared('p', ['p-a', 'p-b', 'p-c']);
  await fulfilled('p', 'p-a');
  await declared('p', ['p-d'], { source: 'fiction:scroll:later' });
  await lore.service.forked({ planId: 'p', branch: 'alt', runIds: [VISION, jobName('lore', 'p-a')] });
  expect(await states('p', 'alt')).toEqual(['p-a ready', 'p-b planned', 'p-c planned']);
  expect(await lore.timeline('p-b', 'alt')).toEqual([
    { status: 'planned', run_id: null, source: 'automation', note: `declared by ${VISION}, forked from main` },
  ]);
  expect(await lore.timeline('p-a', 'alt')).toEqual([]);

  await fulfilled('p', 'p-b');
  expect(await missing('p', 'alt', ['p-a', 'p-b', 'p-c'])).toEqual(['p-b', 'p-c']);
  await fulfilled('p', 'p-c', 'alt');
  expect(await missing('p', 'alt', ['p-a', 'p-b', 'p-c'])).toEqual(['p-b']);
  expect(await missing('p', 'main', ['p-a', 'p-b', 'p-c'])).toEqual(['p-c']);
  expect(lore.filed.at(-1)).toMatchObject({ branch: 'alt', requirementId: 'p-c' });
  expect(await states('p', 'alt')).toEqual(['p-a ready', 'p-b planned', 'p-c ready']);
  expect(await states('p', 'main')).toEqual(['p-a ready', 'p-b ready', 'p-c planned', 'p-d planned']);
  expect((await lore.timeline('p-c')).map((event) => event.status)).toEqual(['planned']);
});

it('keeps what a scroll of each side declares apart, under one id', async () => {
  await lore.service.forked({ planId: 'd', branch: 'alt', runIds: [] });
  const scroll = { main: 'fiction:scroll:d-c001', alt: 'fiction:scroll:d-c001@alt' };
  await lore.declare('d', [{ requirementId: 'd-1', name: 'Low Water' }], { source: scroll.main });
  await lore.declare('d', [{ requirementId: 'd-1', name: 'High Water' }], { branch: 'alt', source: scroll.alt });
  await Promise.all([lore.declared('d-1'), lore.declared('d-1', 'alt')]);
  await fulfilled('d', 'd-1', 'alt');
  const names = async (branch: string) =>
    (await lore.service.ask(listLore, { planId: 'd', branch })).items.map((item) => `${item.name} ${item.status}`);
  expect([await names('main'), await names('alt')]).toEqual([['Low Water planned'], ['High Water ready']]);
});

it('resolves a fork of a fork along its lineage', async () => {
  await declared('g', ['g-a', 'g-b', 'g-c']);
  await fulfilled('g', 'g-a');
  const shared = [VISION, jobName('lore', 'g-a')];
  await lore.service.forked({ planId: 'g', branch: 'child', runIds: shared });
  await fulfilled('g', 'g-b', 'child');
  const runIds = [...shared, jobName('lore', 'g-b', 'child')];
  await lore.service.forked({ planId: 'g', branch: 'grandchild', parent: 'child', runIds });
  // From an earlier point of the same branch: nothing of the child's own is shared.
  await lore.service.forked({ planId: 'g', branch: 'early', parent: 'child', runIds: shared });
  await fulfilled('g', 'g-c', 'child');
  expect(await states('g', 'grandchild')).toEqual(['g-a ready', 'g-b ready', 'g-c planned']);
  expect(await states('g', 'early')).toEqual(['g-a ready', 'g-b planned', 'g-c planned']);
  expect(await states('g', 'child')).toEqual(['g-a ready', 'g-b ready', 'g-c ready']);
  expect(await states('g', 'main')).toEqual(['g-a ready', 'g-b planned', 'g-c planned']);
  expect((await lore.timeline('g-c', 'grandchild'))[0]).toMatchObject({ note: expect.stringMatching(/from child$/) });
});

it('gives a branch what is declared only after the news of the fork, and once, however often that is told', async () => {
  await declared('l', ['l-b']);
  await fulfilled('l', 'l-b');
  const fork = { planId: 'l', branch: 'alt', runIds: [VISION, jobName('lore', 'l-b')] };
  await lore.service.forked(fork);
  await declared('l', ['l-a']);
  await declared('l', ['l-c'], { source: 'fiction:scroll:later' });
  expect(await states('l', 'alt')).toEqual(['l-a planned', 'l-b ready']);
  await lore.declare('l', [{ requirementId: 'l-a' }, { requirementId: 'l-b' }]);
  const again = forkBranchCommandOf('lore-fulfillment');
  await lore.service.publish(again, { parent: 'main', part: 1, parts: 1, ...fork });
  await declared('l', ['l-d']);
  expect(await states('l', 'alt')).toEqual(['l-a planned', 'l-b ready', 'l-d planned']);
  expect(await lore.timeline('l-a', 'alt')).toHaveLength(1);
});

it('misses nothing that is declared while its plan is forked: the fork waits for the declaration', async () => {
  const repository = lore.service.replicas[0]!.get(LoreDeclarations, { strict: false });
  const declaration = { ...declarationOf('race', 'main', VISION), requirements: [requirementOf('race-a')] };
  let commit!: () => void;
  const held = new Promise<void>((resolve) => (commit = resolve));
  let written!: () => void;
  const isWritten = new Promise<void>((resolve) => (written = resolve));
  const declaring = lore.service.database.transaction(async (uow) => {
    await repository.declare(uow, [declaration]);
    written();
    await held;
  });
  await isWritten;
  const forked = lore.service.forked({ planId: 'race', branch: 'alt', runIds: [VISION] });
  await until('the fork waits', async () => {
    const waiting = `SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND NOT granted
      AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`;
    return (await lore.service.query(waiting)).length > 0;
  });
  commit();
  await Promise.all([declaring, forked]);
  expect(await states('race', 'alt')).toEqual(['race-a planned']);
});

it('answers nothing of a branch before all that it shares is known; its runs wait without an attempt', async () => {
  await declared('w', ['w-a']);
  const runId = await lore.fulfil('w', 'w-a', 'alt');
  await until('the run has waited', async () => {
    const [run] = await lore.service.query<{ pauses: number }>('SELECT pauses FROM runs WHERE id = $1', [runId]);
    return (run?.pauses ?? 0) > 0;
  });
  const fork = forkBranchCommandOf('lore-fulfillment');
  const part = { planId: 'w', branch: 'alt', parent: 'main', parts: 2 };
  await lore.service.publish(fork, { ...part, part: 2, runIds: [] });
  await lore.service.publish(fork, { ...part, part: 2, runIds: [] });
  const refusal = {
    status: 'rejected',
    reason: expect.objectContaining({ code: 'BRANCH_NOT_READY', status: 503 }) as unknown,
  };
  expect(await Promise.allSettled([states('w', 'alt'), missing('w', 'alt', ['w-a'])])).toEqual([refusal, refusal]);
  await lore.service.publish(fork, { ...part, part: 1, runIds: [VISION] });
  expect(await lore.service.runEnded(runId)).toMatchObject({ status: 'complete' });
  expect(await lore.service.query('SELECT failures FROM runs WHERE id = $1', [runId])).toEqual([{ failures: 0 }]);
  expect([await states('w', 'alt'), await states('w', 'main')]).toEqual([['w-a ready'], ['w-a planned']]);
});
