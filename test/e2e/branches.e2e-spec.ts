import type { BacklogItem, Branch } from '@fiction/contracts';
import { until } from '@fiction/testing';
import { BookUnderTest, briefOf } from '../book/book-under-test';
import { repetitions } from '../book/ledger';

jest.setTimeout(120_000);

const BRIEF = briefOf({ chapters: 2, scenesPerChapter: 2, continuity: 'chapter' });
const COMPLETE_WITHIN_MS = 60_000;

const ENTRY = {
  name: 'Low Water',
  aliases: [],
  summary: 'What is left when the tide has gone.',
  facts: [{ statement: 'Low Water is dry at noon.', from: '0.0', until: null }],
  relations: [],
};

interface Book {
  source: { branch: string };
  chapters: { index: number; sections: { scenes: { prose: string }[] }[] }[];
}

let book: BookUnderTest;
let planId: string;
beforeAll(async () => {
  book = await BookUnderTest.start();
  planId = await book.system.client.createPlan(BRIEF);
  await book.system.client.whenComplete(planId, COMPLETE_WITHIN_MS);
});
afterAll(async () => book?.stop());
beforeEach(() => book.models.reset());

async function post(path: string, body: unknown = {}) {
  const response = await book.system.client.request(
    'POST',
    `/api/fiction/plans/${planId}/${path}`,
    JSON.stringify(body),
    {
      'content-type': 'application/json',
    },
  );
  return { status: response.status, body: (await response.json()) as { code?: string; branch: Branch } };
}

const branches = async (): Promise<Branch[]> =>
  (await book.system.client.get<{ items: Branch[] }>(`/api/fiction/plans/${planId}/branches`)).items;
const backlog = async (branch: string): Promise<BacklogItem[]> =>
  (
    await book.system.client.get<{ items: BacklogItem[] }>(
      `/api/fiction/plans/${planId}/backlog?branch=${branch}&order=graph&limit=100`,
    )
  ).items;
const whenDone = (name: string): Promise<Branch> =>
  until(
    `${name} is complete`,
    async () => {
      const branch = (await branches()).find((one) => one.name === name);
      if (branch?.status === 'failed') throw new Error(`${name} failed: ${branch.statusReason}`);
      return branch?.status === 'complete' && branch;
    },
    COMPLETE_WITHIN_MS,
  );

async function manuscript(branch?: string): Promise<Book> {
  const query = `format=json${branch === undefined ? '' : `&branch=${branch}`}`;
  const response = await book.system.client.request('GET', `/api/fiction/plans/${planId}/manuscript?${query}`);
  expect(response.status).toBe(200);
  return (await response.json()) as Book;
}

async function prose(branch: string): Promise<string[][]> {
  const { chapters } = await manuscript(branch);
  return chapters.map((chapter) => chapter.sections.flatMap((section) => section.scenes.map((scene) => scene.prose)));
}

it('a fork of a finished book shares all of it and costs nothing', async () => {
  const forked = await post('branches', { name: 'same' });
  expect(forked).toMatchObject({
    status: 201,
    body: { branch: { name: 'same', parent: 'main', primary: false, items: { own: 0, open: 0 }, costUsd: 0 } },
  });
  await whenDone('same');
  expect(await prose('same')).toEqual(await prose('main'));
  expect(book.models.count()).toBe(0);
  expect((await post('branches', { name: 'same' })).body.code).toBe('BRANCH_EXISTS');
});

it('a fork at a scene makes that scene anew and shares the rest; main is not touched', async () => {
  const before = await prose('main');
  const items = await backlog('main');
  const scene = items.find((item) => item.phase === 'scene' && item.target.chapter === 2 && item.target.scene === 2)!;
  const changes = { tone: 'bitter, breathless' };
  const forked = await post('branches', { name: 'at-a-scene', at: scene.itemId, changes });
  expect(forked.body.branch).toMatchObject({ forkItem: scene.itemId, items: { own: 1 } });
  await whenDone('at-a-scene');
  const after = await prose('at-a-scene');
  expect(after[0]).toEqual(before[0]);
  expect(after[1]![0]).toBe(before[1]![0]);
  expect(await prose('main')).toEqual(before);
  // Only that scene was asked for, once each.
  expect(new Set(book.models.calls.map((call) => call.task.split('.')[0]))).toEqual(new Set(['scene']));
  expect(book.models.count('scene.draft')).toBe(1);
  expect(repetitions(book.models.calls)).toBe(0);
  const own = (await backlog('at-a-scene')).filter((item) => item.branch === 'at-a-scene');
  expect(own.map((item) => item.runId)).toEqual([`${scene.runId}@at-a-scene`]);
});

it('two branches are compared: items, words, and one scene word by word', async () => {
  const path = `/api/fiction/plans/${planId}/branches/compare`;
  const written = async (branch: string): Promise<string> => (await prose(branch))[1]![1]!;
  const sameText = (await written('main')) === (await written('at-a-scene'));
  const { items, left, right } = await book.system.client.get<{
    items: { phase: string; same: boolean; target: { sceneId: string }; words: { left: number; right: number } }[];
    left: Branch;
    right: Branch;
  }>(`${path}?left=main&right=at-a-scene`);
  expect(items).toMatchObject([
    { phase: 'scene', same: false, sameText, words: { left: expect.any(Number), right: expect.any(Number) } },
  ]);
  expect([left.name, right.name]).toEqual(['main', 'at-a-scene']);
  const { sceneId } = items[0]!.target;
  const { parts } = await book.system.client.get<{ parts: { on: string; text: string }[] }>(
    `${path}/scene?left=main&right=at-a-scene&sceneId=${sceneId}`,
  );
  const side = (name: string): string =>
    parts
      .filter(({ on }) => on !== name)
      .map(({ text }) => text)
      .join('');
  expect(side('right')).toBe((await prose('main'))[1]![1]);
  expect(side('left')).toBe((await prose('at-a-scene'))[1]![1]);
  const same = await book.system.client.get<{ items: object[] }>(`${path}?left=main&right=same`);
  expect(same.items).toEqual([]);
  const nobody = await book.system.client.request('GET', `${path}?left=main&right=nobody`);
  expect(nobody.status).toBe(404);
});

it('a chapter with a new direction is designed, broken up and written again, and nothing before it', async () => {
  const before = await prose('main');
  const forked = await post('branches', {
    name: 'in-winter',
    changes: { directions: { '2': 'It all happens in one night of snow.' } },
  });
  expect(forked.status).toBe(201);
  await whenDone('in-winter');
  const after = await prose('in-winter');
  expect(after[0]).toEqual(before[0]);
  expect(after[1]).toHaveLength(before[1]!.length);
  expect(await prose('main')).toEqual(before);
  expect(book.models.count('blueprint.compose')).toBe(1);
  expect(book.models.count('scroll.compose')).toBe(1);
  expect(book.models.count('scene.draft')).toBe(2);
  expect(book.models.count('vision.compose') + book.models.count('world.domain')).toBe(0);
  const asked = book.models.calls.find((call) => call.task === 'blueprint.compose')!;
  expect(asked).toBeDefined();
});

it('a fork of a fork shares what both before it have', async () => {
  const forked = await post('branches', { name: 'again', from: 'in-winter' });
  expect(forked.body.branch).toMatchObject({ parent: 'in-winter', items: { own: 0 } });
  await whenDone('again');
  expect(await prose('again')).toEqual(await prose('in-winter'));
  expect(book.models.count()).toBe(0);
});

it('an adopted branch is the book; one that is archived is kept', async () => {
  expect((await post('branches/main/archive')).body.code).toBe('BRANCH_PRIMARY');
  expect(await post('branches/in-winter/adopt')).toMatchObject({ status: 200, body: { branch: { primary: true } } });
  expect((await manuscript()).source.branch).toBe('in-winter');
  expect((await manuscript('main')).source.branch).toBe('main');
  expect((await book.system.client.plan(planId)).status).toBe('complete');
  expect(await post('branches/same/archive')).toMatchObject({ status: 200, body: { branch: { status: 'archived' } } });
  expect(await prose('same')).toEqual(await prose('main'));
  expect((await post('branches/same/adopt')).body.code).toBe('BRANCH_ARCHIVED');
  expect((await post('branches/nobody/adopt')).body.code).toBe('BRANCH_NOT_FOUND');
  const quay = { type: 'location', name: 'Low Water', summary: 'A quay.' };
  expect(await post('world-bible?branch=same', quay)).toMatchObject({ status: 409, body: { code: 'BRANCH_ARCHIVED' } });
  expect((await post('obligations?branch=same', { text: 'the key' })).body.code).toBe('BRANCH_ARCHIVED');
  // Whoever wants it after all goes on from it, and pays for nothing again.
  expect(await post('branches', { name: 'after-all', from: 'same' })).toMatchObject({ status: 201 });
  await whenDone('after-all');
  expect(await prose('after-all')).toEqual(await prose('same'));
  expect(book.models.count()).toBe(0);
});

it('what there is not is refused by name, and nothing is made', async () => {
  const count = (await branches()).length;
  expect((await post('branches', { name: 'x', from: 'nobody' })).body.code).toBe('BRANCH_NOT_FOUND');
  expect((await post('branches', { name: 'x', at: 'item:nobody' })).body.code).toBe('BACKLOG_ITEM_NOT_FOUND');
  for (const body of [
    { name: 'a b' },
    { name: '' },
    {},
    { name: 'x', changes: { directions: { '9': 'there is no ninth' } } },
    { name: 'x', changes: { directions: { one: 'x' } } },
    { name: 'x', changes: { bindings: { scene: { provider: 'nobody', model: 'm' } } } },
    { name: 'x', changes: { title: 'Another' } },
    { name: 'x', changes: { lore: [{ requirementId: 'no-such-lore', entry: ENTRY }] } },
    { name: 'x', changes: { lore: [{ requirementId: 'no-such-lore', entry: { ...ENTRY, name: '' } }] } },
    { name: 'x', changes: { lore: Array.from({ length: 51 }, () => ({ requirementId: 'x', entry: ENTRY })) } },
  ]) {
    expect({ body, status: (await post('branches', body)).status }).toEqual({ body, status: 400 });
  }
  expect(await branches()).toHaveLength(count);
  expect(book.models.count()).toBe(0);
});
