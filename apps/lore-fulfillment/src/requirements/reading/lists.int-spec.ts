import { listLore, summariseLore } from '@fiction/contracts';
import { ScriptedModel } from '@fiction/testing';
import { LoreFixture } from '../../testing/lore-fixture';

let lore: LoreFixture;
beforeAll(async () => {
  const model = new ScriptedModel(({ task, material }) => {
    if (task !== 'lore.draft') return { verdict: 'consistent', contradictions: [] };
    const { name } = material.need as { name: string };
    const facts = [{ statement: 'It was there before.', from: '0.0', until: null }];
    return { name, aliases: [], summary: `${name} is there.`, facts, relations: [] };
  });
  lore = await LoreFixture.start(model, 1);
  await lore.declare('p', [
    { requirementId: 'a', name: 'The Mill', domain: 'places' },
    { requirementId: 'b', name: 'Low Water', domain: 'rules', why: 'the mill depends on it' },
    { requirementId: 'c', name: '100% Wool', domain: 'objects' },
    { requirementId: 'd', name: 'A clash', kind: 'contradiction', backlogItemId: null },
  ]);
  await lore.declared('d');
  await lore.block('p', 'a');
  lore.clock.advance(100_000);
  await lore.block('p', 'b');
  lore.clock.advance(1_750_000);
  await lore.fire();
  await lore.service.runEnded(await lore.fulfil('p', 'c'));
  await lore.service.forked({ planId: 'p', branch: 'alt', runIds: ['fiction:vision:test', 'fiction:lore:c'] });
});
afterAll(() => lore.service.stop());

const found = async (filter: object) =>
  (await lore.service.ask(listLore, { planId: 'p', ...filter })).items.map((item) => item.id);

it.each([
  [{ status: 'blocked' }, ['a', 'b']],
  [{ domain: 'places' }, ['a']],
  [{ kind: 'contradiction' }, ['d']],
  [{ breached: true }, ['a']],
  [{ breached: false, kind: 'entry' }, ['b', 'c']],
  [{ text: 'MILL' }, ['a', 'b']],
  [{ text: '100%' }, ['c']],
  [{ text: '_' }, []],
  [{ branch: 'alt' }, ['a', 'b', 'c']],
])('%j are %j', async (filter, ids) => {
  expect(await found(filter)).toEqual(ids);
});

it('counts the whole branch beside every page, and tells how long the oldest has been waited for', async () => {
  const page = await lore.service.ask(listLore, { planId: 'p', limit: 1, status: 'ready' });
  expect(page.items).toHaveLength(1);
  expect(page.counts).toEqual({
    total: 4,
    byStatus: { planned: 1, blocked: 2, requested: 0, drafted: 0, ready: 1, rejected: 0, failed: 0 },
    breached: 1,
    oldestBlockedSeconds: 1_850,
  });
});

it('sums up each branch for itself', async () => {
  const { branches } = await lore.service.ask(summariseLore, { planId: 'p', branches: ['main', 'alt'] });
  expect(
    branches.map(({ branch, total, breached, oldestBlockedSeconds }) => [
      branch,
      total,
      breached,
      oldestBlockedSeconds,
    ]),
  ).toEqual([
    ['main', 4, 1, 1_850],
    ['alt', 3, 0, null],
  ]);
  const none = await lore.service.ask(summariseLore, { planId: 'nowhere', branches: ['main'] });
  expect(none.branches).toMatchObject([{ total: 0, oldestBlockedSeconds: null }]);
});
