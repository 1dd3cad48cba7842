import type { BacklogItem, LoreDetail, LoreEvent, Scroll } from '@fiction/contracts';
import { rehearse } from '@fiction/llm';
import { until } from '@fiction/testing';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { BookUnderTest, briefOf } from '../book/book-under-test';
import { wholeHistory } from '../book/history';
import { readLedger } from '../book/ledger';

jest.setTimeout(120_000);

const ROOT = resolve(__dirname, '..', '..');
const COMPLETE_WITHIN_MS = 60_000;
const SLA_SECONDS = 1;

let book: BookUnderTest;
beforeAll(async () => {
  book = await BookUnderTest.start({ model: { answer: ({ task, material }) => withLoreOfScenes(task, material) } });
});
afterAll(async () => book?.stop());

/** As the rehearsal does, but that the first scene of each chapter needs lore of its own. */
function withLoreOfScenes(task: string, material: Record<string, unknown>): string {
  const answer = rehearse(task, material);
  if (task !== 'scroll.compose') return answer;
  const scroll = JSON.parse(answer) as Scroll;
  const { number } = material.chapter as { number: number };
  const need = { domain: 'objects' as const, name: `Tally ${number}`, why: 'what the first scene turns on' };
  scroll.sections[0]!.scenes[0]!.requiredLore = [need];
  return JSON.stringify(scroll);
}

interface LorePage {
  items: { id: string; name: string; status: string; breached: boolean }[];
  counts: { total: number; byStatus: Record<string, number>; breached: number };
}

const path = (planId: string, rest: string): string => `/api/fiction/plans/${planId}/${rest}`;
const loreOf = (planId: string, branch = 'main'): Promise<LorePage> =>
  book.system.client.get<LorePage>(path(planId, `lore?limit=100&branch=${branch}`));
const detail = (planId: string, id: string, branch = 'main'): Promise<LoreDetail> =>
  book.system.client.get<LoreDetail>(path(planId, `lore/${id}?branch=${branch}`));
const items = async (planId: string, query: string): Promise<BacklogItem[]> =>
  (await book.system.client.get<{ items: BacklogItem[] }>(path(planId, `backlog?limit=100&${query}`))).items;

async function post(address: string, body: Record<string, unknown>): Promise<{ status: number; code?: string }> {
  const headers = { 'content-type': 'application/json' };
  const answer = await book.system.client.request('POST', address, JSON.stringify(body), headers);
  return { ...((await answer.json()) as object), status: answer.status };
}

/** The sample brief, its calls made over the wire and its lore left to the clock. */
async function sampleBrief(): Promise<string> {
  const brief = await readFile(join(ROOT, 'examples', 'briefs', 'the-salt-clock.md'), 'utf8');
  return brief
    .replace('provider: rehearsal', 'provider: wire')
    .replace(/^lore: .*$/m, `lore: { policy: after-sla, slaSeconds: ${SLA_SECONDS}, approval: auto }`);
}

const unknown = (): null => null;
const steps = (timeline: readonly LoreEvent[]): string[] => timeline.map(({ to }) => to);

it('lore that nobody fulfils is fulfilled by the clock: scenes block without a call, wake, and the book is complete', async () => {
  const planId = await book.system.client.createPlan(await sampleBrief());
  await book.system.client.whenComplete(planId, COMPLETE_WITHIN_MS);
  const { items: requirements, counts } = await loreOf(planId);
  expect(requirements.length).toBeGreaterThan(0);
  expect(requirements.map(({ status }) => status)).toEqual(requirements.map(() => 'ready'));
  expect(counts).toMatchObject({ total: requirements.length, breached: requirements.length });

  for (const { id } of requirements) {
    const { timeline, waiting, ...requirement } = await detail(planId, id);
    expect(steps(timeline)).toEqual(['planned', 'blocked', 'requested', 'requested', 'drafted', 'ready']);
    const [, blocked, breached] = timeline;
    expect([blocked!.slaBreached, breached!.slaBreached]).toEqual([false, true]);
    const late = Date.parse(breached!.occurredAt) - Date.parse(requirement.dueAt!);
    expect(late).toBeGreaterThanOrEqual(0);
    expect(late).toBeLessThan(1_000);
    expect(waiting.length).toBeGreaterThan(0);
    for (const event of timeline) {
      expect(event).toMatchObject({ planId, branch: 'main', lineage: ['main'], source: 'automation' });
      expect(event.conversationId).toBe(requirement.conversationId);
    }
  }

  // What waited was blocked before it was begun, and begun once, so that nothing was asked of a model meanwhile.
  const events = await wholeHistory(book.system.client, planId);
  const blocked = new Set(
    events.filter((event) => event.details.reason === 'LORE_NOT_READY').map(({ runId }) => runId),
  );
  expect([...blocked].some((runId) => runId.startsWith('fiction:scene:'))).toBe(true);
  for (const runId of blocked) {
    const life = events.filter((event) => event.runId === runId).map(({ status }) => status);
    expect(life.indexOf('Blocked')).toBeLessThan(life.indexOf('Started'));
    expect(life.filter((status) => status === 'Started')).toHaveLength(1);
  }
  const { modelSteps, unfinishedRuns, acceptedTwice } = await readLedger(book.system.postgres.url, planId);
  expect({ unfinishedRuns, acceptedTwice }).toEqual({ unfinishedRuns: [], acceptedTwice: [] });
  expect(modelSteps).toHaveLength(book.models.count());
});

it('a requirement that is fulfilled on a branch wakes that branch alone, and tells whose it is', async () => {
  const brief = briefOf({ chapters: 1, scenesPerChapter: 2, continuity: 'chapter', lore: 'policy: manual' });
  const planId = await book.system.client.createPlan(brief);
  const stuck = (branch: string): Promise<BacklogItem> =>
    until(
      `${branch} waits for its lore`,
      async () =>
        (await items(planId, `branch=${branch}&status=blocked`)).find((item) => item.reasonCode === 'LORE_NOT_READY'),
      COMPLETE_WITHIN_MS,
    );
  await stuck('main');
  const forked = await post(path(planId, 'branches'), { name: 'alt-beta' });
  expect(forked.status).toBe(201);
  await stuck('alt-beta');
  // The other services hear of a branch a moment after it was made.
  await until(
    'lore-fulfillment knows the branch',
    async () => (await loreOf(planId, 'alt-beta').catch(unknown)) !== null,
  );

  const fulfilled = new Set<string>();
  const fulfilAll = async (branch: string): Promise<void> => {
    for (const { id, status } of (await loreOf(planId, branch)).items) {
      if (status !== 'blocked') continue;
      const answer = await post(path(planId, `lore/${id}/fulfill?branch=${branch}`), {});
      expect(answer).toMatchObject({ requirement: { id } });
      fulfilled.add(id);
    }
  };
  const status = async (branch: string): Promise<string | undefined> =>
    (await book.system.client.get<{ items: { name: string; status: string }[] }>(path(planId, 'branches'))).items.find(
      (one) => one.name === branch,
    )?.status;
  await until(
    'the branch is complete',
    async () => {
      await fulfilAll('alt-beta');
      return (await status('alt-beta')) === 'complete';
    },
    COMPLETE_WITHIN_MS,
  );

  expect(fulfilled.size).toBeGreaterThan(0);
  expect((await stuck('main')).branch).toBe('main');
  const onMain = await loreOf(planId);
  for (const id of fulfilled) {
    const there = await detail(planId, id, 'alt-beta');
    expect(there).toMatchObject({ status: 'ready', branch: 'alt-beta', lineage: ['alt-beta', 'main'] });
    const asked = there.timeline.find(({ source }) => source === 'api')!;
    expect(asked).toMatchObject({ branch: 'alt-beta', lineage: ['alt-beta', 'main'], to: 'requested' });
    expect(asked.conversationId).toBe(there.conversationId);
    expect(there.conversationId).toContain('alt-beta');
    expect(asked.planPassId).toBe(there.planPassId);
    const here = onMain.items.find((one) => one.id === id);
    if (here !== undefined) expect(here.status).not.toBe('ready');
  }
  const scenes = await items(planId, 'branch=main&phase=scene');
  expect(scenes.map((item) => item.status)).not.toContain('complete');
});
