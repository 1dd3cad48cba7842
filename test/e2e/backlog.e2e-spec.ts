import type { BacklogPage } from '../book/backlog-client';
import { UndisturbedBook } from '../book/undisturbed-book';

jest.setTimeout(120_000);

let book: UndisturbedBook;
beforeAll(async () => (book = await UndisturbedBook.start()));
afterAll(async () => book?.stop());
beforeEach(() => book.models.reset());

it('shows every item with what it waits for, pages, counts and filters', async () => {
  const planId = await book.begin();
  await book.expectUndisturbed(planId);
  const whole = await book.backlog.page(planId, '?order=graph');
  expect(whole.items.map((item) => item.status)).toEqual(whole.items.map(() => 'complete'));
  const phases = whole.items.map((item) => item.phase);
  expect(phases.filter((phase) => phase !== 'lore')).toEqual([
    'vision',
    'world',
    'planner',
    'planner',
    'blueprint',
    'scroll',
    'scene',
    'scene',
  ]);
  expect(whole.counts.byStatus.complete).toBe(whole.items.length);
  const last = whole.items.at(-1)!;
  expect(last.dependencies.map((one) => one.status)).toEqual(last.dependencies.map(() => 'complete'));
  expect(last.dependencies.length).toBeGreaterThan(0);
  expect(last.attempts).toBe(1);

  const seen: string[] = [];
  for (let cursor: string | null = ''; cursor !== null;) {
    const page: BacklogPage = await book.backlog.page(
      planId,
      `?limit=3${cursor && `&cursor=${encodeURIComponent(cursor)}`}`,
    );
    seen.push(...page.items.map((item) => item.itemId));
    cursor = page.nextCursor;
  }
  expect(seen.toSorted()).toEqual(whole.items.map((item) => item.itemId).toSorted());
  expect((await book.backlog.page(planId, '?phase=scene')).items).toHaveLength(2);
  expect((await book.backlog.page(planId, '?text=S02')).items.map((item) => item.phase)).toContain('scene');
  expect((await book.backlog.page(planId, '?status=failed')).items).toEqual([]);

  const graph = await book.client.get<{ nodes: object[]; edges: { from: string; to: string }[] }>(
    `/api/fiction/plans/${planId}/graph`,
  );
  expect(graph).toMatchObject({ view: 'nodes', chapters: [], nextCursor: null });
  expect(graph.nodes).toHaveLength(whole.items.length);
  expect(graph.edges.some((edge) => edge.from === last.itemId)).toBe(true);
  const chapters = await book.client.get(`/api/fiction/plans/${planId}/graph?view=chapters`);
  expect(chapters).toMatchObject({ view: 'chapters', nodes: [], chapters: [{ chapter: 0 }, { chapter: 1 }] });
  await expect(book.client.get(`/api/fiction/plans/${planId}/graph?view=chapters&limit=2`)).rejects.toMatchObject({
    status: 400,
  });
});
