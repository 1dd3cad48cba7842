import type { BacklogItem, Branch } from '@fiction/contracts';
import { rehearse } from '@fiction/llm';
import { until } from '@fiction/testing';
import { BookUnderTest, briefOf } from '../book/book-under-test';
import { readLedger } from '../book/ledger';

jest.setTimeout(120_000);

const BRIEF = briefOf({ chapters: 2, scenesPerChapter: 2, continuity: 'chapter' });
const COMPLETE_WITHIN_MS = 60_000;

const TONE = 'feverish, breathless';
const FEVER = 'It was feverish work.';
const PROSE = new Set(['scene.draft', 'scene.revise']);

interface Manuscript {
  complete: boolean;
  chapters: { sections: { scenes: { prose: string | null }[] }[] }[];
}

let book: BookUnderTest;
beforeAll(async () => {
  book = await BookUnderTest.start({ model: { answer: ({ task, material }) => told(task, material) } });
});
afterAll(async () => book?.stop());

/** As the rehearsal does, but for what a tone adds to the prose. */
function told(task: string, material: Record<string, unknown>): string {
  const answer = rehearse(task, material);
  const { tone } = (material.book ?? {}) as { tone?: string };
  return PROSE.has(task) && tone === TONE && !answer.endsWith(FEVER) ? `${answer}\n\n${FEVER}` : answer;
}

const branches = async (planId: string): Promise<Branch[]> =>
  (await book.system.client.get<{ items: Branch[] }>(`/api/fiction/plans/${planId}/branches`)).items;

async function fork(planId: string, body: Record<string, unknown>): Promise<void> {
  const path = `/api/fiction/plans/${planId}/branches`;
  const answer = await book.system.client.request('POST', path, JSON.stringify(body), {
    'content-type': 'application/json',
  });
  if (answer.status !== 201) throw new Error(`${answer.status}: ${await answer.text()}`);
}

const complete = (planId: string, name: string): Promise<Branch> =>
  until(
    `${name} is complete`,
    async () => (await branches(planId)).find((one) => one.name === name && one.status === 'complete'),
    COMPLETE_WITHIN_MS,
  );

/** The prose of the book's scenes as a branch has it, in order. */
async function scenes(planId: string, branch: string): Promise<(string | null)[]> {
  const path = `/api/fiction/plans/${planId}/manuscript?format=json&branch=${branch}`;
  const { chapters } = await book.system.client.get<Manuscript>(path);
  return chapters.flatMap(({ sections }) => sections.flatMap((section) => section.scenes.map(({ prose }) => prose)));
}

async function itemId(planId: string, branch: string, phase: string, chapter: number, scene?: number): Promise<string> {
  const path = `/api/fiction/plans/${planId}/backlog?branch=${branch}&phase=${phase}&limit=100`;
  const { items } = await book.system.client.get<{ items: BacklogItem[] }>(path);
  const found = items.find(
    ({ target }) => target.chapter === chapter && (scene === undefined || target.scene === scene),
  );
  return found!.itemId;
}

/** The names of the tasks that models were asked for since `from`, each once. */
const tasksSince = (from: number): string[] =>
  [...new Set(book.models.calls.slice(from).map((call) => call.task))].toSorted();

it('shares a finished book up to the fork point, pays for nothing twice, and leaves the parent as it was', async () => {
  const planId = await book.system.client.createPlan(BRIEF);
  await book.system.client.whenComplete(planId, COMPLETE_WITHIN_MS);
  const undisturbed = await book.system.client.manuscript(planId);
  const onMain = await scenes(planId, 'main');

  let before = book.models.count();
  await fork(planId, {
    name: 'alt',
    at: await itemId(planId, 'main', 'scene', 2, 1),
    changes: { tone: TONE },
  });
  expect(await complete(planId, 'alt')).toMatchObject({ items: { own: 2, open: 0 } });
  expect(tasksSince(before).every((task) => task.startsWith('scene.'))).toBe(true);
  const onAlt = await scenes(planId, 'alt');
  expect(onAlt.slice(0, 2)).toEqual(onMain.slice(0, 2));
  expect(onAlt).toHaveLength(4);
  for (const n of [2, 3]) expect(onAlt[n]).not.toEqual(onMain[n]);

  // A fork of the fork: the first two scenes are of the first branch, the third is of the second.
  before = book.models.count();
  await fork(planId, { name: 'beta', from: 'alt', at: await itemId(planId, 'alt', 'scene', 2, 2) });
  expect(await complete(planId, 'beta')).toMatchObject({ items: { own: 1, open: 0 } });
  expect(tasksSince(before).every((task) => task.startsWith('scene.'))).toBe(true);
  const onBeta = await scenes(planId, 'beta');
  expect(onBeta.slice(0, 3)).toEqual(onAlt.slice(0, 3));
  expect(onBeta[3]).toEqual(expect.any(String));

  // From the design of the second chapter on: what it needs of lore is asked for and established again.
  await fork(planId, {
    name: 'gamma',
    changes: { directions: { 2: 'Ada gives the wheel back, and nobody thanks her.' } },
  });
  await complete(planId, 'gamma');
  expect((await scenes(planId, 'gamma')).slice(0, 2)).toEqual(onMain.slice(0, 2));

  expect(await book.system.client.manuscript(planId)).toBe(undisturbed);
  expect(await scenes(planId, 'alt')).toEqual(onAlt);
  const { unfinishedRuns, acceptedTwice, modelSteps } = await readLedger(book.system.postgres.url, planId);
  expect({ unfinishedRuns, acceptedTwice }).toEqual({ unfinishedRuns: [], acceptedTwice: [] });
  expect(modelSteps).toHaveLength(book.models.count());
});

it('forks a book that is being written: both sides end as the book nobody forked', async () => {
  const planId = await book.system.client.createPlan(BRIEF);
  const done = async (phase: string): Promise<number> =>
    (await book.system.client.plan(planId)).progress.find((one) => one.phase === phase)?.done ?? 0;
  await until('a chapter is concrete', async () => (await done('scroll')) > 0, COMPLETE_WITHIN_MS);
  await fork(planId, { name: 'twin' });
  await book.system.client.whenComplete(planId, COMPLETE_WITHIN_MS);
  await complete(planId, 'twin');
  expect(await scenes(planId, 'twin')).toEqual(await scenes(planId, 'main'));
  const { unfinishedRuns, acceptedTwice } = await readLedger(book.system.postgres.url, planId);
  expect({ unfinishedRuns, acceptedTwice }).toEqual({ unfinishedRuns: [], acceptedTwice: [] });
});
