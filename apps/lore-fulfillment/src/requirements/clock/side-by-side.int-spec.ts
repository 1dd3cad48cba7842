import { ScriptedModel, until } from '@fiction/testing';
import { declarationOf, LoreFixture, requirementOf } from '../../testing/lore-fixture';
import { LoreDeclarations } from '../declaring/lore-declarations';
import { LoreBlocks } from './lore-blocks';

let lore: LoreFixture;
beforeAll(async () => {
  lore = await LoreFixture.start(new ScriptedModel(() => ({})), 1);
});
afterAll(() => lore.service.stop());

it('starts the clock of what is declared and waited for in two transactions that do not see each other', async () => {
  const [app] = lore.service.replicas;
  const declaration = { ...declarationOf('p', 'main', 'fiction:vision:p'), requirements: [requirementOf('r')] };
  const block = { planId: 'p', branch: 'main', itemId: 'item:scene:s', requirementIds: ['r'] };
  const since = lore.clock.now();
  await lore.service.database.transaction(async (uow) => {
    await app!.get(LoreDeclarations, { strict: false }).declare(uow, [declaration]);
    await lore.service.database.transaction((other) => app!.get(LoreBlocks, { strict: false }).block(other, [block]));
    lore.clock.advance(5_000);
  });
  await until('it is blocked', async () => (await lore.status('r')) === 'blocked');
  const [row] = await lore.service.query<{ blocked_at: Date }>('SELECT blocked_at FROM requirements');
  expect(row!.blocked_at).toEqual(since);
});
