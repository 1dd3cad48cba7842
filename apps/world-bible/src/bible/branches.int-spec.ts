import {
  fileLore,
  fileReflection,
  fileRoster,
  forkBranchCommandOf,
  jobName,
  listEntries,
  listRoster,
  readEntries,
  readPlanMaterial,
  readSceneContext,
  readWorldIndex,
  startRunsCommand,
} from '@fiction/contracts';
import { ScriptedModel, until, type ServiceUnderTest } from '@fiction/testing';
import { BRIEF, fileWorld, METADATA, startWorldBible, VISION } from '../testing/bible-fixture';
import { draft, entry } from '../testing/entry.builder';

let service: ServiceUnderTest;
beforeAll(async () => {
  const model = new ScriptedModel(() => ({ entries: [draft('The Other Quay')] }));
  service = await startWorldBible({ model, replicas: 2 });
  service.answer(readPlanMaterial, () => ({ brief: BRIEF, vision: VISION }));
});
afterAll(() => service.stop());

const made = (planId: string): string[] => [jobName('vision', planId), jobName('world', planId)];
const lore = (planId: string, branch: string, requirementId: string, summary: string, name = 'The Salt Clock') =>
  service.ask(fileLore, {
    planId,
    branch,
    requirementId,
    domain: 'objects',
    entry: draft(name, { summary }),
    from: '0.0',
  });
async function startWorld(planId: string, branch: string): Promise<string> {
  const runId = jobName('world', planId, branch);
  await service.publish(startRunsCommand('world'), {
    starts: [
      {
        planId,
        branch,
        runId,
        revision: 1,
        resumption: 0,
        phase: 'world',
        target: {},
        metadata: METADATA(planId, branch),
      },
    ],
  });
  return runId;
}
const clockOf = async (planId: string, branch: string) => {
  const { items } = await service.ask(listEntries, { planId, branch });
  return items.find((item) => item.name === 'The Salt Clock')!;
};
const names = async (planId: string, branch: string): Promise<string[]> =>
  (await service.ask(readWorldIndex, { planId, branch })).entries.map((one) => one.name);

it('goes on from the world it shares, with numbers of its own; neither side sees what the other adds', async () => {
  await fileWorld(service, 'p', [entry('The Salt Clock', { type: 'object', summary: 'It runs.' })]);
  await lore('p', 'main', 'r1', 'It was sold.');
  await service.forked({ planId: 'p', branch: 'alt', runIds: [...made('p'), jobName('lore', 'r1')] });
  const [onMain, onAlt] = await Promise.all([
    lore('p', 'main', 'r2', 'It was stolen.'),
    lore('p', 'alt', 'r2', 'It was lost.'),
  ]);
  // One entry, of which each branch has its own third version.
  expect(onMain).toEqual({ entryId: onAlt.entryId, version: 3 });
  expect(onAlt.version).toBe(3);
  await lore('p', 'main', 'r3', 'It was found.');
  await lore('p', 'main', 'r4', 'A lamp.', 'The Lamp');
  expect(await lore('p', 'alt', 'r2', 'Told again.')).toEqual(onAlt);

  expect(await clockOf('p', 'alt')).toMatchObject({ version: 3, summary: 'It runs. It was lost. It was sold.' });
  expect(await clockOf('p', 'main')).toMatchObject({
    version: 4,
    summary: 'It runs. It was found. It was sold. It was stolen.',
  });
  expect((await service.ask(listEntries, { planId: 'p', branch: 'alt' })).items).toHaveLength(1);
  const read = async (branch: string): Promise<string> => {
    const question = { planId: 'p', branch, names: ['salt clock'], loreIds: ['r1', 'r2', 'r3'] };
    return (await service.ask(readEntries, question)).entries[0]!.summary;
  };
  expect(await read('alt')).toBe('It runs. It was lost. It was sold.');
  expect(await read('main')).toBe('It runs. It was found. It was sold. It was stolen.');
});

it('does not see what a run of the parent has filed that was not complete at the fork', async () => {
  await fileWorld(service, 'early', [entry('Ada Quill')]);
  const filing = (branch: string, statement: string) => ({
    planId: 'early',
    branch,
    sceneId: 's1',
    revision: 1,
    chapter: 1,
    scene: 1,
    pov: 'Ada Quill',
    reflection: {
      worldChanges: [{ entry: 'Ada Quill', statement, quote: 'q' }],
      memories: [{ persona: 'Ada Quill', text: statement }],
      obligationsOpened: [statement],
      obligationsResolved: [],
    },
  });
  await service.ask(fileReflection, filing('main', 'on main'));
  await service.forked({ planId: 'early', branch: 'alt', runIds: made('early') });
  const seen = async (branch: string) => {
    const { persona } = await service.ask(readSceneContext, {
      planId: 'early',
      branch,
      chapter: 1,
      scene: 2,
      continuity: 'strict',
      names: [],
      pov: 'Ada Quill',
      loreIds: [],
      budgetTokens: 4000,
    });
    const { items } = await service.ask(listEntries, { planId: 'early', branch });
    return [...persona.memories, ...persona.obligations.map(({ text }) => text), items[0]!.facts.at(-1)!.statement];
  };
  expect(await seen('alt')).toEqual(['Ada Quill was there before.']);
  await service.ask(fileReflection, filing('alt', 'on alt'));
  expect(await seen('alt')).toEqual(['on alt', 'on alt', 'on alt']);
  expect(await seen('main')).toEqual(['on main', 'on main', 'on main']);
});

it('has a world and a roster of its own when it was forked before them', async () => {
  await fileWorld(service, 'w', [entry('The Quay', { type: 'location' })], ['Mother Salt']);
  const roster = { planId: 'w', author: { name: 'M. Okafor', summary: 'A clock.' }, briefCast: [] };
  await service.ask(fileRoster, { ...roster, cast: VISION.cast.slice(0, 1) });
  await service.forked({ planId: 'w', branch: 'anew', runIds: [jobName('vision', 'w')] });
  await service.forked({ planId: 'w', branch: 'bare', runIds: [] });
  const cast = async (branch: string): Promise<string[]> =>
    (await service.ask(listRoster, { planId: 'w', branch })).items.map((member) => member.name);

  expect(await cast('anew')).toEqual(['Ada Quill']);
  expect(await cast('bare')).toEqual([]);
  for (const branch of ['anew', 'bare']) {
    await expect(names('w', branch)).rejects.toMatchObject({ code: 'WORLD_NOT_READY' });
  }
  await service.ask(fileRoster, { ...roster, branch: 'bare', cast: VISION.cast });
  await service.runEnded(await startWorld('w', 'anew'));
  expect(await names('w', 'anew')).toEqual(['Ada Quill', 'The Other Quay']);
  expect(await names('w', 'main')).toEqual(['The Quay']);
  expect([await cast('main'), await cast('anew'), await cast('bare')]).toEqual([
    ['Ada Quill'],
    ['Ada Quill'],
    ['Ada Quill', 'Tobias Marsh'],
  ]);
  // A fork of the one with a world of its own shares that one, in the edition that is now.
  await service.forked({
    planId: 'w',
    branch: 'after',
    parent: 'anew',
    runIds: [jobName('vision', 'w'), jobName('world', 'w', 'anew')],
  });
  expect(await names('w', 'after')).toEqual(['Ada Quill', 'The Other Quay']);
});

it('answers nothing of a branch before all that it shares is known, and its runs wait without an attempt', async () => {
  await fileWorld(service, 'late', [entry('The Quay', { type: 'location' })]);
  const notReady = { code: 'BRANCH_NOT_READY', status: 503 };
  const of = { planId: 'late', branch: 'alt' };
  const refused = async () => {
    const author = { name: 'M. Okafor', summary: 'A clock.' };
    const answers = await Promise.allSettled([
      names('late', 'alt'),
      lore('late', 'alt', 'r', 'x'),
      service.ask(listEntries, of),
      service.ask(listRoster, of),
      service.ask(fileRoster, { ...of, author, cast: [], briefCast: [] }),
    ]);
    const refusal = { status: 'rejected', reason: expect.objectContaining(notReady) as unknown };
    expect(answers).toEqual(answers.map(() => refusal));
  };
  await refused();
  const runId = await startWorld('late', 'alt');
  await until('the run has waited', async () => {
    const [run] = await service.query<{ pauses: number }>('SELECT pauses FROM runs WHERE id = $1', [runId]);
    return (run?.pauses ?? 0) > 0;
  });
  const fork = forkBranchCommandOf('world-bible');
  const part = { ...of, parent: 'main', parts: 2, runIds: [] };
  await service.publish(fork, { ...part, part: 2 });
  await service.publish(fork, { ...part, part: 2 });
  await refused();
  await service.publish(fork, { ...part, part: 1, runIds: [jobName('vision', 'late')] });
  expect(await service.runEnded(runId)).toMatchObject({ status: 'complete' });
  expect(await service.query('SELECT failures FROM runs WHERE id = $1', [runId])).toEqual([{ failures: 0 }]);
  expect(await names('late', 'alt')).toEqual(['Ada Quill', 'The Other Quay']);
  expect(await names('late', 'main')).toEqual(['The Quay']);
});
