import {
  fileRoster,
  listEntries,
  listTranscripts,
  readPlanMaterial,
  readWorldIndex,
  startRunsCommand,
  WORLD_DOMAINS,
  type WorldDomain,
} from '@fiction/contracts';
import { ScriptedModel, type ServiceUnderTest } from '@fiction/testing';
import { BRIEF, METADATA, startWorldBible, VISION } from '../../testing/bible-fixture';
import { draft } from '../../testing/entry.builder';
import type { WorldDomainMaterial } from './world.prompt';

const ANSWERS: Record<WorldDomain, ReturnType<typeof draft>[]> = {
  people: [draft('Ada Quill', { aliases: ['Quill'] }), draft('Tobias Marsh')],
  places: [draft('Brine Harbour'), draft('The Quay')],
  factions: [draft('The Office')],
  history: [draft('The Two Inventories')],
  rules: [draft('No Lamps')],
  // Told twice: once more under another form of a name that is there.
  objects: [draft('The Salt Clock'), draft('salt clock', { summary: 'It is worn.' }), draft('QUAY')],
};

const model = new ScriptedModel(({ material }) => ({ entries: ANSWERS[(material as WorldDomainMaterial).domain] }));
let service: ServiceUnderTest;
let vision: typeof VISION | null = null;
beforeAll(async () => {
  service = await startWorldBible({ model, replicas: 2 });
  service.answer(readPlanMaterial, () => {
    const answer = { brief: BRIEF, vision };
    // The vision is there when it is asked for again.
    vision = VISION;
    return answer;
  });
});
afterAll(() => service.stop());

const start = (planId: string, revision = 1) =>
  service.publish(startRunsCommand('world'), {
    starts: [
      {
        runId: `fiction:world:${planId}`,
        revision,
        resumption: 0,
        planId,
        branch: 'main',
        phase: 'world',
        target: {},
        metadata: METADATA(planId),
      },
    ],
  });

it('asks domain by domain, each knowing what those before have settled, and files all at the end', async () => {
  await service.ask(fileRoster, {
    planId: 'plan',
    author: { name: BRIEF.author, summary: VISION.authorSummary },
    cast: VISION.cast,
    briefCast: BRIEF.cast,
  });
  await start('plan');
  expect(await service.runEnded('fiction:world:plan')).toMatchObject({ status: 'complete', details: { entries: 8 } });
  expect(model.calls.map((call) => (call.material as WorldDomainMaterial).domain)).toEqual([...WORLD_DOMAINS]);
  const last = model.calls.at(-1)!.material as WorldDomainMaterial;
  expect(last.entries.map((entry) => entry.name)).toEqual([
    'Ada Quill',
    'Tobias Marsh',
    'Brine Harbour',
    'The Quay',
    'The Office',
    'The Two Inventories',
    'No Lamps',
  ]);
  const { entries } = await service.ask(readWorldIndex, { planId: 'plan' });
  expect(entries.map((entry) => entry.name)).toEqual([
    'Ada Quill',
    'Brine Harbour',
    'No Lamps',
    'The Office',
    'The Quay',
    'The Salt Clock',
    'Tobias Marsh',
    'The Two Inventories',
  ]);
  const { items } = await service.ask(listTranscripts('world-bible'), { planId: 'plan' });
  expect(items).toHaveLength(WORLD_DOMAINS.length);
});

it('changes nothing when the same command comes again, and adds versions for a new revision', async () => {
  const calls = model.calls.length;
  await start('plan');
  await start('plan', 2);
  await service.runEnded('fiction:world:plan', 2);
  expect(model.calls.length).toBe(calls + WORLD_DOMAINS.length);
  const { items } = await service.ask(listEntries, { planId: 'plan' });
  // Ada is in the brief's cast: that is her first version.
  expect(items.map((item) => item.version)).toEqual(items.map(({ name }) => (name === 'Ada Quill' ? 3 : 2)));
});
