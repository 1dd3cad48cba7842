import type { Alert, BacklogAction, BacklogItem, FictionPhaseProgressed, Transcript } from '@fiction/contracts';
import { behave, until, type Behaviour } from '@fiction/testing';
import { io } from 'socket.io-client';
import { BookUnderTest, briefOf } from '../book/book-under-test';
import { readLedger, repetitions } from '../book/ledger';

jest.setTimeout(120_000);

const BRIEF = briefOf({ chapters: 1, scenesPerChapter: 2, continuity: 'chapter' });
const COMPLETE_WITHIN_MS = 60_000;

interface BacklogPage {
  items: (BacklogItem & { checkpoint: { checkpoint: string } | null })[];
  counts: { total: number; byStatus: Record<string, number> };
  nextCursor: string | null;
}

let book: BookUnderTest;
let undisturbed: string;
let calls: number;

beforeAll(async () => {
  book = await BookUnderTest.start();
  const planId = await book.system.client.createPlan(BRIEF);
  await book.system.client.whenComplete(planId, COMPLETE_WITHIN_MS);
  undisturbed = await book.system.client.manuscript(planId);
  calls = book.models.count();
});
afterAll(async () => book?.stop());
beforeEach(() => book.models.reset());

const backlog = (planId: string, query = ''): Promise<BacklogPage> =>
  book.system.client.get(`/api/fiction/plans/${planId}/backlog${query}`);

async function post(path: string, body: unknown = {}, headers: Record<string, string> = {}) {
  const response = await book.system.client.request('POST', path, JSON.stringify(body), {
    'content-type': 'application/json',
    ...headers,
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

const resume = (item: BacklogItem, change: Record<string, unknown> = {}, headers?: Record<string, string>) => {
  const { conversationId, conversationPlanId, agentId, providerId, modelId, taskId } = item.metadata;
  const body = { conversationId, conversationPlanId, agentId, providerId, modelId, taskId, ...change };
  return post(`/api/fiction/plans/${item.planId}/backlog/${encodeURIComponent(item.itemId)}/resume`, body, headers);
};

const times = (count: number, behaviour: Behaviour): Behaviour[] => Array.from({ length: count }, () => behaviour);

/** The first item of a status, once there is one. */
async function itemOf(planId: string, status: string): Promise<BacklogItem> {
  return until(`an item is ${status}`, async () => (await backlog(planId, `?status=${status}`)).items[0]);
}

/** The same book as the undisturbed one, and not one call more. */
async function expectTheBook(planId: string, { aborted = 0 } = {}): Promise<void> {
  await book.system.client.whenComplete(planId, COMPLETE_WITHIN_MS);
  expect(await book.system.client.manuscript(planId)).toBe(undisturbed);
  const { modelSteps, unfinishedRuns, acceptedTwice } = await readLedger(book.system.postgres.url, planId);
  expect({ unfinishedRuns, acceptedTwice }).toEqual({ unfinishedRuns: [], acceptedTwice: [] });
  expect(modelSteps).toHaveLength(calls);
  expect(book.models.count()).toBe(calls + aborted);
  expect(repetitions(book.models.calls)).toBe(aborted);
}

it('shows every item with what it waits for, pages, counts and filters', async () => {
  const planId = await book.system.client.createPlan(BRIEF);
  await expectTheBook(planId);
  const whole = await backlog(planId, '?order=graph');
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
    const page: BacklogPage = await backlog(planId, `?limit=3${cursor && `&cursor=${encodeURIComponent(cursor)}`}`);
    seen.push(...page.items.map((item) => item.itemId));
    cursor = page.nextCursor;
  }
  expect(seen.toSorted()).toEqual(whole.items.map((item) => item.itemId).toSorted());
  expect((await backlog(planId, '?phase=scene')).items).toHaveLength(2);
  expect((await backlog(planId, '?text=S02')).items.map((item) => item.phase)).toContain('scene');
  expect((await backlog(planId, '?status=failed')).items).toEqual([]);

  const graph = await book.system.client.get<{ nodes: object[]; edges: { from: string; to: string }[] }>(
    `/api/fiction/plans/${planId}/graph`,
  );
  expect(graph.nodes).toHaveLength(whole.items.length);
  expect(graph.edges.some((edge) => edge.from === last.itemId)).toBe(true);
});

it('a scene that failed is resumed on its recorded steps, and the plan with it', async () => {
  book.models.script('scene.critique', [behave.status(400)]);
  const planId = await book.system.client.createPlan(BRIEF);
  const failed = await itemOf(planId, 'failed');
  expect(failed).toMatchObject({ phase: 'scene', status: 'failed', reasonCode: expect.stringContaining('PROVIDER') });
  expect((await book.system.client.plan(planId)).status).toBe('failed');

  const drafts = book.models.count('scene.draft');
  const headers = { 'idempotency-key': 'once-and-for-all', 'x-fiction-source': 'cli' };
  const [first, second] = await Promise.all([resume(failed, {}, headers), resume(failed, {}, headers)]);
  expect([first.status, second.status]).toEqual([202, 202]);
  expect([first.body.repeated, second.body.repeated].filter(Boolean)).toEqual([true]);
  expect(first.body.actionId).toBe(second.body.actionId);
  await expectTheBook(planId, { aborted: 1 });
  expect(drafts).toBe(1);
  expect((await itemOf(planId, 'complete')).status).toBe('complete');
  const item = (await backlog(planId, `?text=${encodeURIComponent(failed.itemId)}`)).items[0]!;
  expect(item).toMatchObject({ resumption: 1, attempts: 2, resumeRequestedAt: null, reasonCode: null });

  const { items: actions } = await book.system.client.get<{ items: BacklogAction[] }>(
    `/api/fiction/plans/${planId}/backlog/actions`,
  );
  expect(actions).toMatchObject([
    { action: 'resume', itemId: failed.itemId, outcome: 'accepted', source: 'cli', actor: expect.any(String) },
  ]);
});

it('refuses each resume that cannot be meant, by a code of its own, and logs it', async () => {
  book.models.script('scene.critique', [behave.status(400)]);
  const planId = await book.system.client.createPlan(BRIEF);
  const failed = await itemOf(planId, 'failed');
  const { items } = await backlog(planId, '?order=graph');
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
    [vision!, {}, 409, 'ITEM_COMPLETE', undefined],
    [waiting, {}, 409, 'DEPENDENCIES_INCOMPLETE', failed.itemId],
  ];
  for (const [item, change, status, code, field] of cases) {
    const refused = await resume(item, change);
    expect({ code, change, status: refused.status, body: refused.body.code }).toEqual({
      code,
      change,
      status,
      body: code,
    });
    if (field !== undefined) expect(refused.body.errors).toContainEqual(expect.objectContaining({ field }));
  }
  const { items: actions } = await book.system.client.get<{ items: BacklogAction[] }>(
    `/api/fiction/plans/${planId}/backlog/actions?limit=100`,
  );
  expect(actions.map((action) => action.code)).toEqual(cases.map(([, , , code]) => code).toReversed());
  expect((await post(`/api/fiction/plans/${planId}/backlog/nothing/resume`)).body.code).toBe('BACKLOG_ITEM_NOT_FOUND');
  expect((await post('/api/fiction/plans/nothing/backlog/nothing/resume')).body.code).toBe('PLAN_NOT_FOUND');
  const before = book.models.count();
  expect((await backlog(planId)).counts.byStatus.failed).toBe(1);
  expect(book.models.count()).toBe(before);
});

it('each field that a resume does not name is missed by its name, and the item is blocked until it is named', async () => {
  book.models.script('scene.critique', [behave.status(400)]);
  const planId = await book.system.client.createPlan(BRIEF);
  const failed = await itemOf(planId, 'failed');
  const made = book.models.count();
  for (const field of ['conversationId', 'conversationPlanId', 'agentId', 'providerId', 'modelId', 'taskId']) {
    const refused = await resume(failed, { [field]: undefined });
    expect(refused).toMatchObject({ status: 400, body: { code: 'METADATA_MISSING' } });
    expect(refused.body.errors).toEqual([expect.objectContaining({ field })]);
    const item = (await backlog(planId, '?status=blocked')).items[0]!;
    expect(item).toMatchObject({ itemId: failed.itemId, reasonCode: 'METADATA_MISSING' });
    expect(item.reason).toContain(field);
  }
  expect(book.models.count()).toBe(made);
  expect((await resume(failed)).status).toBe(202);
  await expectTheBook(planId, { aborted: 1 });
});

it('a paused plan closes its model connections at once, and goes on where it was', async () => {
  book.models.script('scene.reflect', [behave.hang()]);
  const planId = await book.system.client.createPlan(BRIEF);
  await book.models.waitForCall((call) => call.task === 'scene.reflect');
  await until('its sibling is answered', () => book.models.count('scene.summarise') === 1);
  const pausedAt = performance.now();
  const paused = await post(`/api/fiction/plans/${planId}/pause`);
  expect(paused).toMatchObject({ status: 202, body: { repeated: false } });
  const hung = await until('the connection is closed', () =>
    book.models.calls.find((call) => call.task === 'scene.reflect' && call.abortedAt !== undefined),
  );
  expect(hung.abortedAt! - pausedAt).toBeLessThan(1_000);
  expect(await book.system.client.plan(planId)).toMatchObject({
    status: 'paused',
    statusReason: expect.stringContaining('PAUSED'),
  });
  const cancelled = await itemOf(planId, 'cancelled');
  expect(cancelled.phase).toBe('scene');
  expect(paused.body.itemIds).toEqual([cancelled.itemId]);

  expect((await post(`/api/fiction/plans/${planId}/resume`)).status).toBe(202);
  await expectTheBook(planId, { aborted: 1 });
  expect((await post(`/api/fiction/plans/${planId}/resume`)).body.code).toBe('PLAN_NOT_PAUSED');
  expect((await post(`/api/fiction/plans/${planId}/pause`)).body.code).toBe('PLAN_NOT_RUNNING');
});

it('a cancelled item ends, nothing else does, and it goes on when it is resumed', async () => {
  book.models.script('blueprint.compose', [behave.hang()]);
  const planId = await book.system.client.createPlan(BRIEF);
  await book.models.waitForCall((call) => call.task === 'blueprint.compose');
  const { items } = await backlog(planId, '?phase=blueprint');
  const path = `/api/fiction/plans/${planId}/backlog/${encodeURIComponent(items[0]!.itemId)}`;
  expect((await post(`${path}/cancel`)).status).toBe(202);
  await until('the connection is closed', () => book.models.calls.some((call) => call.abortedAt !== undefined));
  const item = await itemOf(planId, 'cancelled');
  expect(item).toMatchObject({ itemId: items[0]!.itemId, reasonCode: 'CANCELLED' });
  expect((await book.system.client.plan(planId)).status).toBe('running');
  expect((await resume(item)).status).toBe(202);
  await expectTheBook(planId, { aborted: 1 });
  expect((await post(`${path}/cancel`)).body.code).toBe('ITEM_COMPLETE');
});

it('a cancelled branch stops altogether, and goes on with its plan', async () => {
  book.models.script('scroll.compose', [behave.hang()]);
  const planId = await book.system.client.createPlan(BRIEF);
  await book.models.waitForCall((call) => call.task === 'scroll.compose');
  const cancelled = await post(`/api/fiction/plans/${planId}/branches/main/cancel`);
  expect(cancelled.status).toBe(202);
  expect((await backlog(planId, '?status=cancelled')).items.map((item) => item.phase)).toEqual(['scroll']);
  expect((await post(`/api/fiction/plans/${planId}/branches/other/cancel`)).body.code).toBe('BRANCH_NOT_FOUND');
  expect((await post(`/api/fiction/plans/${planId}/resume`)).status).toBe(202);
  await expectTheBook(planId, { aborted: 1 });
});

it('another model, named on purpose, makes what is not recorded yet', async () => {
  book.models.script('scene.critique', [behave.status(400)]);
  const planId = await book.system.client.createPlan(BRIEF);
  const failed = await itemOf(planId, 'failed');
  const resumed = await resume(failed, { modelId: 'essayist', rebind: true });
  expect(resumed.status).toBe(202);
  await book.system.client.whenComplete(planId, COMPLETE_WITHIN_MS);
  expect(book.models.count()).toBe(calls + 1);
  const { items } = await book.system.client.get<{ items: Transcript[] }>(
    `/api/fiction/plans/${planId}/transcripts?runId=${encodeURIComponent(failed.runId)}`,
  );
  const models = items.map((one) => [one.step, one.model, one.validation]);
  expect(models).toContainEqual(['draft~1', 'novelist', 'valid']);
  expect(models).toContainEqual(['critique~1', 'essayist', 'valid']);
  expect(models).toContainEqual(['reflect~1', 'essayist', 'valid']);
});

it('cancelled in every step of every phase, and resumed: the same book, and what was recorded is not asked for again', async () => {
  const met = new Set<string>();
  // Each conversation hangs when it is first begun.
  const isNew = (_task: unknown, request: { messages: unknown }): boolean => {
    const text = JSON.stringify(request.messages);
    return !met.has(text) && Boolean(met.add(text));
  };
  book.models.script(isNew, times(10 * calls, behave.hang()));
  const planId = await book.system.client.createPlan(BRIEF);
  const cancelled = new Set<string>();
  const open = () => book.models.calls.filter((call) => call.answeredAt === undefined && call.abortedAt === undefined);
  for (let round = 0; (await book.system.client.plan(planId)).status !== 'complete'; round += 1) {
    if (round > 3 * calls) throw new Error('the book does not get on');
    if (open().length === 0) {
      await until(
        'a call hangs, or all is done',
        async () => open().length > 0 || (await book.system.client.plan(planId)).status === 'complete',
      );
      continue;
    }
    const hung = open();
    const { items } = await backlog(planId, '?limit=100');
    for (const item of items.filter(({ status }) => status === 'running' || status === 'queued')) {
      const path = `/api/fiction/plans/${planId}/backlog/${encodeURIComponent(item.itemId)}`;
      const { status } = await post(`${path}/cancel`);
      // What has completed meanwhile cannot be cancelled any more.
      expect([202, 409]).toContain(status);
      if (status === 202) cancelled.add(item.phase);
    }
    await until('their connections are closed', () => hung.every((call) => call.abortedAt !== undefined));
    const { items: stopped } = await backlog(planId, '?status=cancelled');
    for (const item of stopped) {
      // One that has completed all the same cannot be resumed.
      expect([202, 409]).toContain((await resume(item)).status);
    }
  }
  expect(cancelled).toEqual(new Set(['vision', 'world', 'planner', 'blueprint', 'scroll', 'lore', 'scene']));
  const aborted = book.models.calls.filter((call) => call.abortedAt !== undefined).length;
  expect(aborted).toBeGreaterThanOrEqual(calls);
  await expectTheBook(planId, { aborted });
});

it('a gap opens one alert, and a resume goes all the way to the socket and closes it', async () => {
  let letGo = (): void => undefined;
  const latch = new Promise<void>((open) => (letGo = open));
  book.models.script('scene.critique', [behave.status(400), behave.latch(latch)]);
  const planId = await book.system.client.createPlan(BRIEF);
  const failed = await itemOf(planId, 'failed');
  const alerts = async (status: string): Promise<Alert[]> =>
    (
      await book.system.client.get<{ items: Alert[] }>(
        `/api/fiction/alerts?plan=${planId}&rule=metadata-missing&status=${status}`,
      )
    ).items;
  expect((await resume(failed, { modelId: undefined })).body.code).toBe('METADATA_MISSING');
  expect((await resume(failed, { agentId: undefined })).body.code).toBe('METADATA_MISSING');
  const [alert] = await until('the alert has heard of both', async () => {
    const open = await alerts('open');
    return open[0]?.count === 2 && open;
  });
  expect(alert).toMatchObject({ severity: 'critical', itemIds: [failed.itemId] });

  const heard: FictionPhaseProgressed[] = [];
  const { client } = book.system;
  const socket = io(`${client.url}/fiction`, {
    auth: { token: client.token },
    transports: ['websocket'],
    forceNew: true,
  });
  try {
    socket.on('FictionPhaseProgressed', (event: FictionPhaseProgressed) => void heard.push(event));
    socket.emit('subscribe', { planId, afterSeq: 0 });
    const ofItem = (status: string) =>
      heard.find((event) => event.runId === failed.runId && event.status === status && event.resumption === 1);
    expect((await resume(failed)).status).toBe(202);
    await until('it has begun', () => ofItem('Resumed') !== undefined && ofItem('Started') !== undefined);
    expect(ofItem('Completed')).toBeUndefined();
    expect(await itemOf(planId, 'running')).toMatchObject({ itemId: failed.itemId, resumption: 1 });
    letGo();
    await until('it is complete', () => ofItem('Completed') !== undefined);
    expect(heard.map((event) => event.seq)).toEqual(heard.map((_, index) => index + 1));
  } finally {
    letGo();
    socket.disconnect();
  }
  await until('the alert is closed', async () => (await alerts('resolved')).some((one) => one.id === alert!.id));
  await expectTheBook(planId, { aborted: 1 });
});
