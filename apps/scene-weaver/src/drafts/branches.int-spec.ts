import { forkBranchCommandOf, jobName, listAccepted, listDrafts } from '@fiction/contracts';
import { ForkedBranches } from '@fiction/runtime';
import { until } from '@fiction/testing';
import { sceneIdOf, WeaverFixture } from '../testing/weaver-fixture';

let weaver: WeaverFixture;
beforeAll(async () => {
  weaver = await WeaverFixture.start();
});
afterAll(() => weaver.service.stop());

const run = (planId: string, scene: number, branch?: string): string =>
  jobName('scene', sceneIdOf(planId, scene), branch);
const markOf = (prose: string): string => /with a (\w+) lantern/.exec(prose)![1]!;

/** The book as a branch has it, read in pages of `limit`: which scene is of which making. */
async function book(planId: string, branch: string, limit = 2): Promise<string[]> {
  const scenes: string[] = [];
  for (let cursor: string | undefined; ;) {
    const page = await weaver.service.ask(listAccepted, { planId, branch, limit, cursor });
    scenes.push(...page.items.map((item) => `${item.scene} ${markOf(item.prose)}`));
    if (page.nextCursor === null) return scenes;
    cursor = page.nextCursor;
  }
}

const versions = async (planId: string, branch: string, scene: number): Promise<string[]> => {
  const { items } = await weaver.service.ask(listDrafts, { planId, branch, sceneId: sceneIdOf(planId, scene) });
  return items.map((item) => item.runId);
};

it('shares what was written before the fork, and lets both sides go on without seeing each other', async () => {
  await weaver.write('p', 'main', [1, 2], 'common');
  await weaver.service.forked({ planId: 'p', branch: 'alt', runIds: [run('p', 1), run('p', 2)] });
  expect(await book('p', 'alt')).toEqual(['1 common', '2 common']);
  await weaver.write('p', 'main', [3, 4], 'mainly');
  expect(await book('p', 'alt')).toEqual(['1 common', '2 common']);
  await weaver.write('p', 'alt', [3], 'other');
  expect(await book('p', 'alt')).toEqual(['1 common', '2 common', '3 other']);
  expect(await book('p', 'main')).toEqual(['1 common', '2 common', '3 mainly', '4 mainly']);
  expect(await book('p', 'alt', 20)).toEqual(['1 common', '2 common', '3 other']);
  expect(await versions('p', 'alt', 1)).toEqual([run('p', 1)]);
  expect(await versions('p', 'alt', 3)).toEqual([run('p', 3, 'alt')]);
  expect(await versions('p', 'alt', 4)).toEqual([]);
  expect(await versions('p', 'main', 3)).toEqual([run('p', 3)]);
});

it('briefs a scene with the scene before it as its own branch has it', async () => {
  await weaver.write('b', 'main', [1], 'common');
  await weaver.service.forked({ planId: 'b', branch: 'alt', runIds: [run('b', 1)] });
  await weaver.write('b', 'main', [2, 3], 'mainly');
  await weaver.write('b', 'alt', [2, 3], 'other');
  const [, , , second, third] = weaver.drafted.slice(-5) as { previous: { summary: string; tail: string } }[];
  expect(second!.previous.summary).toBe('summary common');
  expect(third!.previous).toMatchObject({ summary: 'summary other', tail: expect.stringContaining('other lantern') });
  expect(weaver.filed.at(-1)).toMatchObject({ branch: 'alt', sceneId: sceneIdOf('b', 3) });
});

it('resolves a fork of a fork along its lineage', async () => {
  await weaver.write('g', 'main', [1], 'first');
  await weaver.service.forked({ planId: 'g', branch: 'child', runIds: [run('g', 1)] });
  await weaver.write('g', 'child', [2], 'second');
  await weaver.service.forked({
    planId: 'g',
    branch: 'grandchild',
    parent: 'child',
    runIds: [run('g', 1), run('g', 2, 'child')],
  });
  // A later fork from an earlier point of the same branch does not have what the first one has.
  await weaver.service.forked({ planId: 'g', branch: 'early', parent: 'child', runIds: [run('g', 1)] });
  await weaver.write('g', 'main', [2], 'elsewhere');
  await weaver.write('g', 'child', [3], 'later');
  await weaver.write('g', 'grandchild', [3], 'third');
  expect(await book('g', 'grandchild')).toEqual(['1 first', '2 second', '3 third']);
  expect(await book('g', 'child')).toEqual(['1 first', '2 second', '3 later']);
  expect(await book('g', 'early')).toEqual(['1 first']);
  expect(await book('g', 'main')).toEqual(['1 first', '2 elsewhere']);
});

it('prefers what a branch has written itself to what it shares', async () => {
  await weaver.write('o', 'main', [1, 2], 'common');
  await weaver.service.forked({ planId: 'o', branch: 'alt', runIds: [run('o', 1), run('o', 2)] });
  await weaver.write('o', 'alt', [1], 'anew');
  for (const limit of [1, 2, 20]) expect(await book('o', 'alt', limit)).toEqual(['1 anew', '2 common']);
  expect(await versions('o', 'alt', 1)).toEqual([run('o', 1, 'alt')]);
  expect(await book('o', 'main')).toEqual(['1 common', '2 common']);
});

it('answers whoever asks for a branch while word of it is on its way', async () => {
  await weaver.write('r', 'main', [1], 'common');
  // Either replica may be the one that is asked.
  const known = weaver.service.replicas.map((replica) => replica.get(ForkedBranches, { strict: false }));
  const looks = known.map((branches) => jest.spyOn(branches, 'lineage'));
  const reading = book('r', 'alt');
  await until('it has been looked for in vain', () => looks.some(({ mock }) => mock.calls.length > 1));
  const word = { planId: 'r', branch: 'alt', parent: 'main', part: 1, parts: 1, runIds: [run('r', 1)] };
  await weaver.service.database.transaction((uow) => known[0]!.apply(uow, [word]));
  expect(await reading).toEqual(['1 common']);
  for (const look of looks) look.mockRestore();
});

it('lets a run that is quicker than the news of its branch wait, without an attempt and without a call', async () => {
  await weaver.write('w', 'main', [1], 'common');
  const calls = weaver.drafted.length;
  const early = await weaver.begin('w', 'alt', 2);
  await until('the run has waited', async () => {
    const [row] = await weaver.service.query<{ pauses: number }>('SELECT pauses FROM runs WHERE id = $1', [early]);
    return (row?.pauses ?? 0) > 0;
  });
  await expect(book('w', 'alt')).rejects.toMatchObject({ code: 'BRANCH_NOT_READY', status: 503 });
  const part = { planId: 'w', branch: 'alt', parent: 'main', parts: 2 };
  const fork = forkBranchCommandOf('scene-weaver');
  await weaver.service.publish(fork, { ...part, part: 2, runIds: [] });
  await weaver.service.publish(fork, { ...part, part: 2, runIds: [] });
  expect(weaver.drafted).toHaveLength(calls);
  await weaver.service.publish(fork, { ...part, part: 1, runIds: [run('w', 1)] });
  expect(await weaver.service.runEnded(early)).toMatchObject({ status: 'complete' });
  expect(await weaver.service.query('SELECT failures FROM runs WHERE id = $1', [early])).toEqual([{ failures: 0 }]);
  expect(await book('w', 'alt')).toEqual(['1 common', '2 common']);
});
