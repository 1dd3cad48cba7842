import {
  jobName,
  listDeltas,
  listMemories,
  listMentions,
  listObligations,
  lockEntry,
  type fileReflection,
  type RequestOf,
} from '@fiction/contracts';
import { until, type ServiceUnderTest } from '@fiction/testing';
import fc from 'fast-check';
import { randomUUID } from 'node:crypto';
import { BibleShelf } from '../bible/shelf/bible.shelf';
import { EntryVersions } from '../bible/entry-versions';
import { Worlds } from '../bible/shelf/worlds';
import { fileWorld, startWorldBible } from '../testing/bible-fixture';
import { entry } from '../testing/entry.builder';
import { change, sceneFiling } from '../testing/scene-filing.builder';
import { FilingService } from './filing.service';
import { SceneFiling } from './scene-filing';

type Filing = RequestOf<typeof fileReflection>;

let service: ServiceUnderTest;
beforeAll(async () => {
  // A sweep takes the notices that a test counts.
  service = await startWorldBible({ replicas: 2, env: { FICTION_SWEEP_SECONDS: '3600' } });
});
afterAll(() => service.stop());

const begin = (planId: string): Promise<void> =>
  fileWorld(service, planId, [
    entry('Ada Quill', { facts: [{ statement: 'Ada limps.', from: '0.0', until: null }] }),
    entry('Tobias Marsh'),
  ]);
/** At one replica, without a bus in between that would spread them over ticks. */
const file = (filing: Filing, replica = 0): Promise<void> =>
  service.replicas[replica]!.get(FilingService, { strict: false }).file(filing);

const PROMISES = ['the key', 'the letter', 'the debt'];
const anyFilings = fc.array(
  fc.record({
    chapter: fc.integer({ min: 1, max: 2 }),
    scene: fc.integer({ min: 1, max: 3 }),
    revision: fc.constantFrom(1, 1, 1, 2),
    branch: fc.constantFrom('main', 'main', 'main', 'alt'),
    about: fc.constantFrom('Ada Quill', 'Tobias Marsh', 'Nobody'),
    ends: fc.boolean(),
    opened: fc.subarray(PROMISES, { maxLength: 1 }),
    resolved: fc.subarray(PROMISES, { maxLength: 1 }),
    replica: fc.nat({ max: 1 }),
    twice: fc.boolean(),
  }),
  { minLength: 1, maxLength: 14 },
);

/** All that was filed on a branch, as people see it, without ids and times. */
async function told(planId: string, branch: string): Promise<unknown> {
  const of = { planId, branch };
  const deltas = await service.ask(listDeltas, of);
  const mentions = await service.ask(listMentions, of);
  const obligations = await service.ask(listObligations, of);
  const memories = await service.ask(listMemories, { planId, personaId: `${planId}@${branch}:ada quill` });
  const all = {
    deltas: deltas.items.map(({ entryId: _id, filedAt: _at, ...rest }) => rest),
    mentions: mentions.items.map(({ entryId: _id, ...rest }) => rest),
    obligations: obligations.items.map(
      ({ obligationId: _id, openSince: _open, overdueSince: _late, changedAt: _at, ...rest }) => rest,
    ),
    memories: memories.items.map(({ text, from, sceneId }) => ({ text, from, sceneId })),
  };
  return JSON.parse(JSON.stringify(all).replaceAll(planId, 'plan')) as unknown;
}

it('files many scenes at once as it files them one after the other, each once, whatever they tell', async () => {
  await fc.assert(
    fc.asyncProperty(anyFilings, async (scenes) => {
      const once = new Map(scenes.map((one) => [`${one.branch} ${one.chapter}.${one.scene}#${one.revision}`, one]));
      const plans = [randomUUID(), randomUUID()] as const;
      const filings = (planId: string) =>
        [...once].map(([tag, { chapter, scene, revision, branch, about, ends, opened, resolved, ...how }]) => {
          const changes = [change(`changed in ${tag}`, { entry: about })];
          if (ends) changes.push(change('Ada limps.', { kind: 'fact-ends' }));
          const filing = sceneFiling(planId, `${chapter}.${scene}`, changes, {
            prose: 'Tobias Marsh',
            revision,
            branch,
          });
          const memories = [{ persona: 'Ada Quill', text: `remembers ${tag}` }];
          Object.assign(filing.reflection, { memories, obligationsOpened: opened, obligationsResolved: resolved });
          return { filing, ...how };
        });
      for (const planId of plans) {
        await begin(planId);
        const [ada] = (await service.query<{ id: string }>(
          `SELECT id FROM entries WHERE plan_id = $1 AND key = 'ada quill'`,
          [planId],
        )) as [{ id: string }];
        const by = { actor: 'ann', source: 'api' as const, idempotencyKey: null };
        await service.ask(lockEntry, { ...by, planId, entryId: ada.id, locked: true });
        const runIds = ['vision', 'world'].map((phase) => jobName(phase as 'vision', planId));
        const scene = jobName('scene', `${planId}-1.1`);
        await service.forked({ planId, branch: 'alt', runIds: [...runIds, scene] });
      }
      for (const { filing } of filings(plans[0])) await file(filing);
      await Promise.all(
        filings(plans[1]).flatMap(({ filing, replica, twice }) => [
          file(filing, replica),
          ...(twice ? [file(filing, 1 - replica), file(filing, replica)] : []),
        ]),
      );
      for (const branch of ['main', 'alt']) expect(await told(plans[1], branch)).toEqual(await told(plans[0], branch));
    }),
    { numRuns: 15 },
  );
}, 300_000);

it('refuses a scene that cannot be filed, and none of those that come with it', async () => {
  await begin('neighbours');
  const places = ['1.1', '1.2', '3000000000.1', '1.3', '1.4'];
  const filings = places.map((place) => sceneFiling('neighbours', place, [change('Ada sings.')]));
  filings[3]!.reflection.obligationsOpened = ['the key'];
  const settled = await Promise.allSettled(filings.map((filing) => file(filing)));
  expect(settled.map(({ status }) => status === 'fulfilled')).toEqual([true, true, false, true, true]);
  const { items } = await service.ask(listDeltas, { planId: 'neighbours' });
  expect(items.map(({ chapter, scene }) => `${chapter}.${scene}`)).toEqual(['1.1', '1.2', '1.3', '1.4']);
});

it('lets no scene of a branch wait for the commit of another', async () => {
  await begin('side-by-side');
  await file(sceneFiling('side-by-side', '1.1', []));
  const scenes = service.replicas[0]!.get(SceneFiling, { strict: false });
  await service.database.transaction(async (uow) => {
    const filing = sceneFiling('side-by-side', '1.2', []);
    expect(
      await scenes.fileIn(uow, { filing, told: filing.reflection, lineage: ['main'], changes: [], mentions: [] }),
    ).toBe(true);
    await Promise.all([file(sceneFiling('side-by-side', '1.3', [])), file(sceneFiling('side-by-side', '1.4', []), 1)]);
  });
  const notices = `SELECT 1 FROM obligation_notices WHERE plan_id = 'side-by-side'`;
  expect((await service.query(notices)).length).toBeGreaterThanOrEqual(3);
});

it('a branch on which a scene counts that is told twice at once sees both', async () => {
  const planId = 'told-twice';
  await begin(planId);
  const runIds = [jobName('vision', planId), jobName('world', planId), jobName('scene', `${planId}-1.1`)];
  await service.forked({ planId, branch: 'alt', runIds });
  const shared = sceneFiling(planId, '1.1', []);
  shared.reflection.obligationsOpened = ['the key'];
  const scenes = service.replicas[0]!.get(SceneFiling, { strict: false });
  let isFiled = false;
  let own: Promise<void> | undefined;
  await service.database.transaction(async (uow) => {
    await scenes.fileIn(uow, { filing: shared, told: shared.reflection, lineage: ['main'], changes: [], mentions: [] });
    own = file(sceneFiling(planId, '1.1', [], { branch: 'alt' }), 1).then(() => void (isFiled = true));
    const waiting = `SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND NOT granted`;
    await until('it waits for its turn, or has not', async () => isFiled || (await service.query(waiting)).length > 0);
  });
  await own;
  expect(await told(planId, 'main')).toMatchObject({ obligations: [{ text: 'the key', status: 'open' }] });
  expect(await told(planId, 'alt')).toMatchObject({ obligations: [] });
});

it('shows whoever asks the world as it is when they ask, however many are being answered', async () => {
  await begin('shared-reads');
  const replica = service.replicas[0]!;
  const shelf = replica.get(BibleShelf, { strict: false });
  const versions = replica.get(EntryVersions, { strict: false });
  const worlds = replica.get(Worlds, { strict: false });
  const names = async () => (await shelf.bible('shared-reads', ['main'])).entries.map(({ name }) => name);
  for (let round = 1; round <= 20; round += 1) {
    const others = Promise.all([names(), names(), names()]);
    const source = { planId: 'shared-reads', branch: 'main', source: 'world' as const, sourceRef: `round ${round}` };
    await service.database.transaction(async (uow) => {
      await versions.file(uow, source, [entry(`Person ${round}`)]);
      await worlds.changed(uow, source.planId, 'main');
    });
    void names();
    expect(await names()).toContain(`Person ${round}`);
    await others;
  }
});
