import type { BacklogAction, BacklogItem, FictionPhaseProgressed, Transcript } from '@fiction/contracts';
import { behave, until } from '@fiction/testing';
import { UndisturbedBook } from '../book/undisturbed-book';

jest.setTimeout(120_000);

/** Until its scene a book has come a long way. */
const SCENE_WITHIN_MS = 60_000;

let book: UndisturbedBook;
beforeAll(async () => (book = await UndisturbedBook.start()));
afterAll(async () => book?.stop());
beforeEach(() => book.models.reset());

it('a scene that failed is resumed on its recorded steps, and the plan with it', async () => {
  book.models.script('scene.critique', [behave.status(400)]);
  const planId = await book.begin();
  const failed = await book.backlog.itemOf(planId, 'failed', SCENE_WITHIN_MS);
  expect(failed).toMatchObject({ phase: 'scene', status: 'failed', reasonCode: expect.stringContaining('PROVIDER') });
  expect((await book.client.plan(planId)).status).toBe('failed');

  const drafts = book.models.count('scene.draft');
  const headers = { 'idempotency-key': 'once-and-for-all', 'x-fiction-source': 'cli' };
  const [first, second] = await Promise.all([
    book.backlog.resume(failed, {}, headers),
    book.backlog.resume(failed, {}, headers),
  ]);
  expect([first.status, second.status]).toEqual([202, 202]);
  expect([first.body.repeated, second.body.repeated].filter(Boolean)).toEqual([true]);
  expect(first.body.actionId).toBe(second.body.actionId);
  await book.expectUndisturbed(planId, { aborted: 1 });
  expect(drafts).toBe(1);
  expect((await book.backlog.itemOf(planId, 'complete')).status).toBe('complete');
  const item = (await book.backlog.page(planId, `?text=${encodeURIComponent(failed.itemId)}`)).items[0]!;
  expect(item).toMatchObject({ resumption: 1, attempts: 2, resumeRequestedAt: null, reasonCode: null });

  const { items: actions } = await book.client.get<{ items: BacklogAction[] }>(
    `/api/fiction/plans/${planId}/backlog/actions`,
  );
  expect(actions).toMatchObject([
    { action: 'resume', itemId: failed.itemId, outcome: 'accepted', source: 'cli', actor: expect.any(String) },
  ]);
});

it('a failed plan is resumed as a whole: the same book, and no finished call is made again', async () => {
  book.models.script('scene.critique', [behave.status(400)]);
  const planId = await book.begin();
  const failed = await book.backlog.itemOf(planId, 'failed');
  const resumed = await book.backlog.post(`/api/fiction/plans/${planId}/resume`);
  expect(resumed).toMatchObject({ status: 202, body: { itemIds: [failed.itemId], repeated: false } });
  await book.expectUndisturbed(planId, { aborted: 1 });
});

it('refuses each resume that cannot be meant, by a code of its own, and logs it', async () => {
  book.models.script('scene.critique', [behave.status(400)]);
  const planId = await book.begin();
  const failed = await book.backlog.itemOf(planId, 'failed', SCENE_WITHIN_MS);
  const { items } = await book.backlog.page(planId, '?order=graph');
  const [vision] = items;
  const waiting = items.at(-1)!;
  const cases: [BacklogItem, Record<string, unknown>, number, string, string | undefined][] = [
    [failed, { conversationPlanId: 'other' }, 422, 'CONVERSATION_PLAN_MISMATCH', 'conversationPlanId'],
    [failed, { conversationId: 'other' }, 422, 'CONVERSATION_MISMATCH', 'conversationId'],
    [failed, { taskId: 'task:scene:nobody#1' }, 422, 'TASK_UNKNOWN', 'taskId'],
    [failed, { taskId: 'nonsense' }, 422, 'TASK_UNKNOWN', 'taskId'],
    [failed, { taskId: vision!.metadata.taskId }, 422, 'TASK_OF_OTHER_ITEM', 'taskId'],
    [failed, { agentId: 'agent_other' }, 422, 'TASK_OF_OTHER_AGENT', 'agentId'],
    [failed, { providerId: 'rehearsal' }, 422, 'TASK_OF_OTHER_PROVIDER', 'providerId'],
    [failed, { modelId: 'other' }, 422, 'TASK_OF_OTHER_MODEL', 'modelId'],
    [failed, { providerId: 'nobody', rebind: true }, 422, 'PROVIDER_UNKNOWN', 'providerId'],
    [failed, { branch: 'alt' }, 422, 'BRANCH_MISMATCH', 'branch'],
    [failed, { planId: 'other' }, 422, 'METADATA_MISMATCH', 'planId'],
    [vision!, {}, 409, 'ITEM_COMPLETE', undefined],
    [waiting, {}, 409, 'DEPENDENCIES_INCOMPLETE', failed.itemId],
  ];
  for (const [item, change, status, code, field] of cases) {
    const refused = await book.backlog.resume(item, change);
    expect({ code, change, status: refused.status, body: refused.body.code }).toEqual({
      code,
      change,
      status,
      body: code,
    });
    if (field !== undefined) expect(refused.body.errors).toContainEqual(expect.objectContaining({ field }));
  }
  const { items: actions } = await book.client.get<{ items: BacklogAction[] }>(
    `/api/fiction/plans/${planId}/backlog/actions?limit=100`,
  );
  expect(actions.map((action) => action.code)).toEqual(cases.map(([, , , code]) => code).toReversed());
  expect((await book.backlog.post(`/api/fiction/plans/${planId}/backlog/nothing/resume`)).body.code).toBe(
    'BACKLOG_ITEM_NOT_FOUND',
  );
  expect((await book.backlog.post('/api/fiction/plans/nothing/backlog/nothing/resume')).body.code).toBe(
    'PLAN_NOT_FOUND',
  );
  const before = book.models.count();
  expect((await book.backlog.page(planId)).counts.byStatus.failed).toBe(1);
  expect(book.models.count()).toBe(before);
});

it('another model, named on purpose, makes what is not recorded yet', async () => {
  book.models.script('scene.critique', [behave.status(400)]);
  const planId = await book.begin();
  const failed = await book.backlog.itemOf(planId, 'failed', SCENE_WITHIN_MS);
  const resumed = await book.backlog.resume(failed, { modelId: 'essayist', rebind: true });
  expect(resumed.status).toBe(202);
  await book.whenComplete(planId);
  expect(book.models.count()).toBe(book.calls + 1);
  const { items } = await book.client.get<{ items: Transcript[] }>(
    `/api/fiction/plans/${planId}/transcripts?runId=${encodeURIComponent(failed.runId)}`,
  );
  const made = items.map((one) => [one.step, one.model, one.validation]);
  expect(made).toContainEqual(['draft~1', 'novelist', 'valid']);
  expect(made).toContainEqual(['critique~1', 'essayist', 'valid']);
  expect(made).toContainEqual(['reflect~1', 'essayist', 'valid']);
});

it('a gap opens one alert, and a resume goes all the way to the socket and closes it', async () => {
  let letGo = (): void => undefined;
  const latch = new Promise<void>((open) => (letGo = open));
  book.models.script('scene.critique', [behave.status(400), behave.latch(latch)]);
  const planId = await book.begin();
  const failed = await book.backlog.itemOf(planId, 'failed', SCENE_WITHIN_MS);
  const alerts = (status: string) => book.backlog.alerts(planId, 'metadata-missing', status);
  expect((await book.backlog.resume(failed, { modelId: undefined })).body.code).toBe('METADATA_MISSING');
  expect((await book.backlog.resume(failed, { agentId: undefined })).body.code).toBe('METADATA_MISSING');
  const [alert] = await until('the alert has heard of both', async () => {
    const open = await alerts('open');
    return open[0]?.count === 2 && open;
  });
  expect(alert).toMatchObject({ severity: 'critical', itemIds: [failed.itemId] });

  const heard: FictionPhaseProgressed[] = [];
  const socket = book.backlog.listen(planId, heard);
  try {
    const ofItem = (status: string) =>
      heard.find((event) => event.runId === failed.runId && event.status === status && event.resumption === 1);
    expect((await book.backlog.resume(failed)).status).toBe(202);
    await until('it has begun', () => ofItem('Resumed') !== undefined && ofItem('Started') !== undefined);
    expect(ofItem('Completed')).toBeUndefined();
    expect(await book.backlog.itemOf(planId, 'running')).toMatchObject({ itemId: failed.itemId, resumption: 1 });
    letGo();
    await until('it is complete', () => ofItem('Completed') !== undefined);
    expect(heard.map((event) => event.seq)).toEqual(heard.map((_, index) => index + 1));
  } finally {
    letGo();
    socket.disconnect();
  }
  await until('the alert is closed', async () => (await alerts('resolved')).some((one) => one.id === alert!.id));
  await book.expectUndisturbed(planId, { aborted: 1 });
});
