import { behave, until } from '@fiction/testing';
import { UndisturbedBook } from '../book/undisturbed-book';

jest.setTimeout(120_000);

let book: UndisturbedBook;
beforeAll(async () => (book = await UndisturbedBook.start()));
afterAll(async () => book?.stop());
beforeEach(() => book.models.reset());

it('a paused plan closes its model connections at once, and goes on where it was', async () => {
  book.models.script('scene.reflect', [behave.hang()]);
  const planId = await book.begin();
  await book.comesTo('scene.reflect');
  await until('its sibling is on record', async () => (await book.recorded(planId)).includes('summarise~1'));
  const pausedAt = performance.now();
  const paused = await book.backlog.post(`/api/fiction/plans/${planId}/pause`);
  expect(paused).toMatchObject({ status: 202, body: { repeated: false } });
  const hung = await until('the connection is closed', () =>
    book.models.calls.find((call) => call.task === 'scene.reflect' && call.abortedAt !== undefined),
  );
  expect(hung.abortedAt! - pausedAt).toBeLessThan(1_000);
  expect(await book.client.plan(planId)).toMatchObject({
    status: 'paused',
    statusReason: expect.stringContaining('PAUSED'),
  });
  const cancelled = await book.backlog.itemOf(planId, 'cancelled');
  expect(cancelled.phase).toBe('scene');
  expect(paused.body.itemIds).toEqual([cancelled.itemId]);

  expect((await book.backlog.post(`/api/fiction/plans/${planId}/resume`)).status).toBe(202);
  await book.expectUndisturbed(planId, { aborted: 1 });
  expect((await book.backlog.post(`/api/fiction/plans/${planId}/resume`)).body.code).toBe('PLAN_NOT_PAUSED');
  expect((await book.backlog.post(`/api/fiction/plans/${planId}/pause`)).body.code).toBe('PLAN_NOT_RUNNING');
});

it('a cancelled item ends, nothing else does, and it goes on when it is resumed', async () => {
  book.models.script('blueprint.compose', [behave.hang()]);
  const planId = await book.begin();
  await book.comesTo('blueprint.compose');
  const { items } = await book.backlog.page(planId, '?phase=blueprint');
  expect((await book.backlog.cancel(items[0]!)).status).toBe(202);
  await until('the connection is closed', () => book.models.calls.some((call) => call.abortedAt !== undefined));
  const item = await book.backlog.itemOf(planId, 'cancelled');
  expect(item).toMatchObject({ itemId: items[0]!.itemId, reasonCode: 'CANCELLED' });
  expect((await book.client.plan(planId)).status).toBe('running');
  expect((await book.backlog.resume(item)).status).toBe(202);
  await book.expectUndisturbed(planId, { aborted: 1 });
  expect((await book.backlog.cancel(item)).body.code).toBe('ITEM_COMPLETE');
});

it('a cancelled branch stops altogether, and goes on with its plan', async () => {
  book.models.script('scroll.compose', [behave.hang()]);
  const planId = await book.begin();
  await book.comesTo('scroll.compose');
  const cancelled = await book.backlog.post(`/api/fiction/plans/${planId}/branches/main/cancel`);
  expect(cancelled.status).toBe(202);
  expect((await book.backlog.page(planId, '?status=cancelled')).items.map((item) => item.phase)).toEqual(['scroll']);
  expect((await book.backlog.post(`/api/fiction/plans/${planId}/branches/other/cancel`)).body.code).toBe(
    'BRANCH_NOT_FOUND',
  );
  expect((await book.backlog.post(`/api/fiction/plans/${planId}/resume`)).status).toBe(202);
  await book.expectUndisturbed(planId, { aborted: 1 });
});

it('cancelled in every step of every phase, and resumed: the same book, and what was recorded is not asked for again', async () => {
  const met = new Set<string>();
  // Each conversation hangs when it is first begun.
  const isNew = (_task: unknown, request: { messages: unknown }): boolean => {
    const text = JSON.stringify(request.messages);
    return !met.has(text) && Boolean(met.add(text));
  };
  book.models.script(
    isNew,
    Array.from({ length: 10 * book.calls }, () => behave.hang()),
  );
  const planId = await book.begin();
  const cancelled = new Set<string>();
  const open = () => book.models.calls.filter((call) => call.answeredAt === undefined && call.abortedAt === undefined);
  for (let round = 0; (await book.client.plan(planId)).status !== 'complete'; round += 1) {
    if (round > 3 * book.calls) throw new Error('the book does not get on');
    if (open().length === 0) {
      await until(
        'a call hangs, or all is done',
        async () => open().length > 0 || (await book.client.plan(planId)).status === 'complete',
      );
      continue;
    }
    const hung = open();
    const { items } = await book.backlog.page(planId, '?limit=100');
    for (const item of items.filter(({ status }) => status === 'running' || status === 'queued')) {
      const { status } = await book.backlog.cancel(item);
      // What has completed meanwhile cannot be cancelled any more.
      expect([202, 409]).toContain(status);
      if (status === 202) cancelled.add(item.phase);
    }
    await until('their connections are closed', () => hung.every((call) => call.abortedAt !== undefined));
    const { items: stopped } = await book.backlog.page(planId, '?status=cancelled');
    for (const item of stopped) {
      // One that has completed all the same cannot be resumed.
      expect([202, 409]).toContain((await book.backlog.resume(item)).status);
    }
  }
  expect(cancelled).toEqual(new Set(['vision', 'world', 'planner', 'blueprint', 'scroll', 'lore', 'scene']));
  const aborted = book.models.calls.filter((call) => call.abortedAt !== undefined).length;
  expect(aborted).toBeGreaterThanOrEqual(book.calls);
  await book.expectUndisturbed(planId, { aborted });
});
