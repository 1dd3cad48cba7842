import type { BacklogItem, Branch } from '@fiction/contracts';
import { rehearse } from '@fiction/llm';
import { until } from '@fiction/testing';
import { BookUnderTest, briefOf } from '../book/book-under-test';

jest.setTimeout(180_000);

const WITHIN_MS = 60_000;
const JSON_TYPE = { 'content-type': 'application/json' };
const brief = (lore: string): string => briefOf({ chapters: 2, scenesPerChapter: 2, continuity: 'chapter', lore });

/** A town that only the prose of the first scene knows; its writer will not part with it. */
const TOWN = 'Velmora';
const INVENTION = `Nobody on the quay had ever been to ${TOWN}, though the packet from ${TOWN} was never late.`;

let book: BookUnderTest;
beforeAll(async () => {
  book = await BookUnderTest.start({
    model: {
      answer: ({ task, material }) => {
        const said = rehearse(task, material);
        const { chapter, scene } = material as { chapter?: { number: number }; scene?: { number: number } };
        const invents = isInventing && chapter?.number === 1 && scene?.number === 1;
        return invents && ['scene.draft', 'scene.revise'].includes(task) ? `${said}\n\n${INVENTION}` : said;
      },
    },
  });
});
afterAll(async () => book?.stop());
let isInventing = false;
beforeEach(() => void (isInventing = false));

const path = (planId: string, rest: string): string => `/api/fiction/plans/${planId}/${rest}`;
const backlog = async (planId: string, branch = 'main'): Promise<BacklogItem[]> =>
  (
    await book.system.client.get<{ items: BacklogItem[] }>(
      path(planId, `backlog?branch=${branch}&order=graph&limit=100`),
    )
  ).items;
async function blocked(planId: string): Promise<BacklogItem[]> {
  return until(
    'something waits for lore',
    async () => {
      const items = (await backlog(planId)).filter((item) => item.reasonCode === 'LORE_NOT_READY');
      return items.length > 0 && items;
    },
    WITHIN_MS,
  );
}

describe('lore that is fulfilled after its SLA', () => {
  let planId: string;

  it('is waited for without a model call, made when its time has come, and the book completes by itself', async () => {
    planId = await book.system.client.createPlan(brief('policy: after-sla, slaSeconds: 2'));
    for (const item of await blocked(planId)) {
      expect(item).toMatchObject({ status: 'blocked', attempts: 0 });
      expect(item.lore.length).toBeGreaterThan(0);
      expect(item.phase).toBe('scroll');
    }
    expect(book.models.count('scroll.compose')).toBe(0);
    await book.system.client.whenComplete(planId, WITHIN_MS);
    const items = await backlog(planId);
    const lore = items.filter((item) => item.phase === 'lore');
    expect(lore.length).toBeGreaterThan(0);
    expect(items.filter((item) => item.status !== 'complete' || item.attempts !== 1)).toEqual([]);
    const { items: actions } = await book.system.client.get<{ items: { action: string; itemId: string }[] }>(
      path(planId, 'backlog/actions?limit=100'),
    );
    const woken = actions.filter(({ action }) => action === 'wake-lore').map(({ itemId }) => itemId);
    expect(woken.toSorted()).toEqual(lore.map(({ itemId }) => itemId).toSorted());
  });

  it('is made anew on a fork that says what it is to be, with what depends on it, and stays as it is elsewhere', async () => {
    const items = await backlog(planId);
    const lore = items.find((item) => /-c001-lore-\d+$/.test(item.itemId))!;
    const { name, requirementId } = items.flatMap((item) => item.lore).find((one) => one.itemId === lore.itemId)!;
    const statement = 'It was painted green in the year of the flood.';
    const facts = [{ statement, from: '0.0', until: null }];
    const entry = { name, aliases: [], summary: 'As the fork has it.', facts, relations: [] };
    const body = JSON.stringify({ name: 'alt', changes: { lore: [{ requirementId, entry }] } });
    const forked = await book.system.client.request('POST', path(planId, 'branches'), body, JSON_TYPE);
    expect(forked.status).toBe(201);
    await until(
      'the fork is complete',
      async () => {
        const branches = await book.system.client.get<{ items: Branch[] }>(path(planId, 'branches'));
        return branches.items.find((one) => one.name === 'alt')?.status === 'complete';
      },
      WITHIN_MS,
    );
    const own = (await backlog(planId, 'alt')).filter((item) => item.branch === 'alt');
    expect(new Set(own.map(({ phase }) => phase))).toEqual(new Set(['lore', 'scroll', 'scene']));
    const world = async (branch: string): Promise<string> =>
      JSON.stringify(await book.system.client.get(path(planId, `world-bible?branch=${branch}&limit=200`)));
    expect(await world('alt')).toContain(statement);
    expect(await world('main')).not.toContain(statement);
  });
});

it('establishes what a scene has invented, and hands the scene out again when it is there', async () => {
  isInventing = true;
  const planId = await book.system.client.createPlan(brief('policy: immediate'));
  await book.system.client.whenComplete(planId, WITHIN_MS);
  const scene = (await backlog(planId)).find((item) => item.phase === 'scene')!;
  expect(scene).toMatchObject({ status: 'complete', resumption: 1 });
  expect(scene.lore).toContainEqual(expect.objectContaining({ name: TOWN, status: 'complete' }));
  const { items } = await book.system.client.get<{ items: { name: string; status: string; source: string }[] }>(
    path(planId, 'lore?limit=100'),
  );
  expect(items).toContainEqual(expect.objectContaining({ name: TOWN, status: 'ready', source: scene.runId }));
});
