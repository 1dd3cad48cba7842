import { fulfilLore, rejectLore } from '@fiction/contracts';
import { ScriptedModel, until } from '@fiction/testing';
import { LoreFixture, WRITER } from '../../testing/lore-fixture';

let goOn: () => void;
const held = new Promise<void>((resolve) => (goOn = resolve));
const model = new ScriptedModel(async ({ task }) => {
  if (task !== 'lore.draft') return { verdict: 'consistent', contradictions: [] };
  await held;
  const facts = [{ statement: 'It was there before.', from: '0.0', until: null }];
  return { name: 'Mill', aliases: [], summary: 'A mill.', facts, relations: [] };
});

let lore: LoreFixture;
beforeAll(async () => {
  lore = await LoreFixture.start(model);
});
afterAll(() => lore.service.stop());

it('who asks for what is being drafted already is told of, and the planner that nothing is left to do for it', async () => {
  const which = { planId: 'p', requirementId: 'mill', ...WRITER };
  await lore.declare('p', [{ requirementId: 'mill' }], { terms: { approval: 'human' } });
  const runId = await lore.fulfil('p', 'mill');
  await until('it is being drafted', () => model.calls.length > 0);
  await lore.service.ask(fulfilLore, which);
  expect(await lore.woken('mill', 'requested')).toMatchObject({ underWay: true });
  expect((await lore.timeline('mill')).at(-1)).toMatchObject({ source: 'console', note: 'asked for' });
  goOn();
  expect(await lore.service.runEnded(runId)).toMatchObject({ status: 'blocked' });
  // What is said of a draft is not: its run has something to do then, whenever the planner hears that it has stopped.
  await lore.service.ask(rejectLore, { ...which, reason: 'No.' });
  expect(await lore.woken('mill', 'rejected')).not.toHaveProperty('underWay');
});
