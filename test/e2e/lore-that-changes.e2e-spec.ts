import type { BacklogItem, Branch, LoreRequirementView, WorldDomainAnswer } from '@fiction/contracts';
import { rehearse } from '@fiction/llm';
import { until } from '@fiction/testing';
import { BookUnderTest, briefOf } from '../book/book-under-test';
import { readLedger } from '../book/ledger';

jest.setTimeout(180_000);

const WITHIN_MS = 60_000;
const JSON_TYPE = { 'content-type': 'application/json' };
const brief = (lore: string): string => briefOf({ chapters: 2, scenesPerChapter: 2, continuity: 'chapter', lore });

/** A town that only the prose of the first scene knows; its writer will not part with it. */
const TOWN = 'Velmora';
const INVENTION = `Nobody on the quay had ever been to ${TOWN}, though the packet from ${TOWN} was never late.`;

/** A rule of the world, and what the first scene says against it, however often it is revised. */
const RULE = {
  name: 'The Low Bell',
  aliases: [],
  summary: 'The bell that nobody rings.',
  facts: [{ statement: 'The Low Bell is silver.', from: '0.0', until: null }],
  relations: [],
};
const CONTRADICTION = 'The Low Bell was gold.';

let book: BookUnderTest;
beforeAll(async () => {
  book = await BookUnderTest.start({ model: { answer: ({ task, material }) => said(task, material) } });
});
afterAll(async () => book?.stop());
let whim: 'none' | 'invents' | 'contradicts';
beforeEach(() => void (whim = 'none'));

/** As the rehearsal does, but for the whim of the book's writer. */
function said(task: string, material: Record<string, unknown>): string {
  const answer = rehearse(task, material);
  if (whim === 'contradicts' && task === 'world.domain' && material.domain === 'rules') {
    const { entries } = JSON.parse(answer) as WorldDomainAnswer;
    return JSON.stringify({ entries: [...entries, RULE] });
  }
  if (whim === 'none' || !isFirstScene(material) || !['scene.draft', 'scene.revise'].includes(task)) return answer;
  return `${answer}\n\n${whim === 'invents' ? INVENTION : CONTRADICTION}`;
}

function isFirstScene(material: Record<string, unknown>): boolean {
  const { chapter, scene } = material as { chapter?: { number: number }; scene?: { number: number } };
  return chapter?.number === 1 && scene?.number === 1;
}

const path = (planId: string, rest: string): string => `/api/fiction/plans/${planId}/${rest}`;
const backlog = async (planId: string, branch = 'main'): Promise<BacklogItem[]> =>
  (
    await book.system.client.get<{ items: BacklogItem[] }>(
      path(planId, `backlog?branch=${branch}&order=graph&limit=100`),
    )
  ).items;

it('is made anew on a fork that says what it is to be, with what depends on it, and stays as it is elsewhere', async () => {
  const planId = await book.system.client.createPlan(brief('policy: immediate'));
  await book.system.client.whenComplete(planId, WITHIN_MS);
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

it('establishes what a scene has invented, and hands the scene out again when it is there', async () => {
  whim = 'invents';
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

it('fails a scene that contradicts a locked fact, quoting it, and lets it pass when the writer says that it is meant', async () => {
  whim = 'contradicts';
  const calls = book.models.count();
  const planId = await book.system.client.createPlan(brief('policy: immediate'));
  const plan = (): Promise<{ status: string; statusReason: string | null }> => book.system.client.plan(planId);
  await until('the plan has failed', async () => (await plan()).status === 'failed', WITHIN_MS);
  expect((await plan()).statusReason).toContain(CONTRADICTION);
  const contradictions = await until(
    'the contradiction is told of',
    async () => {
      const { items } = await book.system.client.get<{ items: LoreRequirementView[] }>(
        path(planId, 'lore?kind=contradiction'),
      );
      return items.length > 0 && items;
    },
    WITHIN_MS,
  );
  expect(contradictions).toMatchObject([{ name: RULE.name, waived: false }]);
  expect(contradictions[0]!.why).toContain(RULE.facts[0]!.statement);

  const waived = await book.system.client.request(
    'POST',
    path(planId, `lore/${contradictions[0]!.id}/waive`),
    JSON.stringify({ note: 'The keeper lies about it.' }),
    JSON_TYPE,
  );
  expect(waived.status).toBe(202);
  await until('the plan is complete', async () => (await plan()).status === 'complete', WITHIN_MS);
  expect(await book.system.client.manuscript(planId)).toContain(CONTRADICTION);
  // The drafts and revisions that were refused stand on record: nothing is asked for again.
  const { modelSteps } = await readLedger(book.system.postgres.url, planId);
  expect(modelSteps).toHaveLength(book.models.count() - calls);
});
