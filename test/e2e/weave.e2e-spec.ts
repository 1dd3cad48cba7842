import {
  FINAL_STATUSES,
  type AuditRecord,
  type FictionPhaseProgressed,
  type FictionPlanChanged,
  type ObligationView,
  type Transcript,
} from '@fiction/contracts';
import { until } from '@fiction/testing';
import { io } from 'socket.io-client';
import { BookUnderTest, briefOf } from '../book/book-under-test';
import { wholeHistory } from '../book/history';
import { readLedger } from '../book/ledger';

jest.setTimeout(120_000);

let book: BookUnderTest;
let planId: string;
let events: FictionPhaseProgressed[];

beforeAll(async () => {
  book = await BookUnderTest.start({ stream: true });
  const { client } = book.system;
  planId = await client.createPlan(briefOf({ chapters: 2, scenesPerChapter: 2, continuity: 'chapter' }));
  await client.whenComplete(planId, 60_000);
  events = await wholeHistory(client, planId);
});

afterAll(async () => book?.stop());

describe('a brief becomes a book', () => {
  it('has every chapter and scene, in order, under the title of the brief', async () => {
    const manuscript = await book.system.client.manuscript(planId);
    expect(manuscript).toContain('The Salt Clock');
    expect(manuscript).toContain('M. Okafor');
    expect(manuscript).toContain('Ada');
    expect(manuscript).not.toContain('not written yet');
    const lossless = JSON.parse(await book.system.client.manuscript(planId, 'json')) as {
      complete: boolean;
      chapters: { index: number; sections: { scenes: { prose: string; words: number }[] }[] }[];
    };
    expect(lossless.complete).toBe(true);
    expect(lossless.chapters.map((chapter) => chapter.index)).toEqual([1, 2]);
    const scenes = lossless.chapters.flatMap((chapter) => chapter.sections.flatMap((section) => section.scenes));
    expect(scenes).toHaveLength(4);
    for (const scene of scenes) expect(scene.words).toBeGreaterThan(50);
  });

  it('knows what each chapter has planted, and what of it the book has kept', async () => {
    const of = `/api/fiction/plans/${planId}`;
    const { items: blueprints } = await book.system.client.get<{ items: { plants: string[]; payoffs: string[] }[] }>(
      `${of}/blueprints`,
    );
    const { items } = await book.system.client.get<{ items: ObligationView[] }>(`${of}/obligations?limit=200`);
    const plants = blueprints.flatMap((blueprint) => blueprint.plants);
    expect(plants.length).toBeGreaterThan(0);
    expect(items.map((item) => item.text)).toEqual(expect.arrayContaining(plants));
    const paid = items.filter((item) => blueprints.some(({ payoffs }) => payoffs.includes(item.text)));
    expect(paid.map((item) => item.status)).toEqual(paid.map(() => 'resolved'));
    const open = items.filter((item) => item.status === 'open').map((item) => item.text);
    const lossless = JSON.parse(await book.system.client.manuscript(planId, 'json')) as {
      obligations: { text: string }[];
    };
    expect(lossless.obligations.map(({ text }) => text).sort()).toEqual(open.sort());
  });

  it('makes no model call twice, and has a transcript of each', async () => {
    expect(book.models.repeated()).toEqual([]);
    const { modelSteps, unfinishedRuns } = await readLedger(book.system.postgres.url, planId);
    expect(modelSteps).toHaveLength(book.models.count());
    expect(unfinishedRuns).toEqual([]);
    const { items } = await book.system.client.get<{ items: Transcript[] }>(`/api/fiction/plans/${planId}/transcripts`);
    for (const transcript of items) {
      expect(transcript).toMatchObject({
        provider: 'wire',
        model: 'novelist',
        agentId: 'agent_author',
        validation: 'valid',
      });
      expect(transcript.conversationId).toContain(planId);
      expect(transcript.inputTokens).toBeGreaterThan(0);
    }
  });

  it('tells of every run: enqueued, started, in progress, completed; numbered without gaps', () => {
    expect(events.map((event) => event.seq)).toEqual(events.map((_, index) => index + 1));
    const byRun = new Map<string, FictionPhaseProgressed[]>();
    // What waits for lore is told of as blocked before it is handed out.
    const waits = (event: FictionPhaseProgressed): boolean => event.details.reason === 'LORE_NOT_READY';
    for (const event of events.filter((one) => !waits(one))) {
      byRun.set(event.runId, [...(byRun.get(event.runId) ?? []), event]);
    }
    for (const [runId, told] of byRun) {
      const statuses = told.map((event) => event.status);
      expect({ runId, first: statuses[0], last: statuses.at(-1) }).toEqual({
        runId,
        first: 'Enqueued',
        last: 'Completed',
      });
      expect(statuses).toContain('Started');
      expect(statuses).toContain('Progress');
      expect(statuses.filter((status) => FINAL_STATUSES.has(status))).toHaveLength(1);
    }
    expect([...byRun.keys()].some((runId) => runId === `fiction:vision:${planId}`)).toBe(true);
    expect([...byRun.keys()].some((runId) => runId.startsWith('fiction:scene:'))).toBe(true);
  });

  it('stores what each phase wrote, and shows it', async () => {
    const { client } = book.system;
    const list = async (noun: string): Promise<number> =>
      (await client.get<{ items: unknown[] }>(`/api/fiction/plans/${planId}/${noun}`)).items.length;
    expect(await list('passes')).toBe(2);
    expect(await list('blueprints')).toBe(2);
    expect(await list('scrolls')).toBe(2);
    expect(await list('scenes')).toBe(4);
    expect(await list('world-bible')).toBeGreaterThan(6);
    expect(await list('roster')).toBeGreaterThan(1);
    const plan = await client.plan(planId);
    expect(plan.words).toBeGreaterThan(200);
    expect(plan.calls).toBe(book.models.count());
  });

  it('a socket that reconnects with the last seq misses nothing and sees nothing twice', async () => {
    const { client } = book.system;
    const seen: number[] = [];
    const listen = async (afterSeq: number, count: number): Promise<void> => {
      const socket = io(`${client.url}/fiction`, {
        auth: { token: client.token },
        transports: ['websocket'],
        forceNew: true,
      });
      try {
        await new Promise<void>((resolve, reject) => {
          const timer = setTimeout(() => reject(new Error(`only ${seen.length} events came`)), 10_000);
          socket.on('connect_error', reject);
          socket.on('FictionPhaseProgressed', (event: FictionPhaseProgressed) => {
            if (seen.length >= count) return;
            seen.push(event.seq);
            if (seen.length < count) return;
            clearTimeout(timer);
            resolve();
          });
          socket.emit('subscribe', { planId, afterSeq });
        });
      } finally {
        socket.disconnect();
      }
    };
    await listen(0, 10);
    await listen(seen.at(-1)!, events.length);
    expect(seen).toEqual(events.map((event) => event.seq));
  });

  it('a socket hears that the book is complete, and whatever comes before that has come', async () => {
    const { client } = book.system;
    const socket = io(`${client.url}/fiction`, {
      auth: { token: client.token },
      transports: ['websocket'],
      forceNew: true,
    });
    const heard: (number | FictionPlanChanged)[] = [];
    socket.on('FictionPhaseProgressed', ({ seq }: FictionPhaseProgressed) => heard.push(seq));
    socket.on('FictionPlanChanged', (change: FictionPlanChanged) => heard.push(change));
    socket.emit('subscribe', { planId, afterSeq: 0 });
    try {
      await until('it hears how the book stands', () => typeof heard.at(-1) === 'object');
    } finally {
      socket.disconnect();
    }
    expect(heard.pop()).toMatchObject({ planId, branch: 'main', primary: true, status: 'complete', reason: null });
    expect(heard).toEqual(events.map(({ seq }) => seq));
  });
});

describe('bad briefs', () => {
  const good = briefOf({ chapters: 1, scenesPerChapter: 1, continuity: 'loose' });
  it.each([
    ['not YAML', good.replace('title: The Salt Clock', 'title: [The Salt'), undefined],
    ['no author', good.replace(/author: .*\n/, ''), 'author'],
    ['no premise', good.replace(/---\nIn the harbour[\s\S]*/, '---\n'), 'text'],
    ['0 chapters', good.replace('chapters: 1', 'chapters: 0'), 'chapters'],
    ['10,000 chapters', good.replace('chapters: 1', 'chapters: 10000'), 'chapters'],
    ['a wrong type', good.replace('chapters: 1', 'chapters: many'), 'chapters'],
    ['an unknown field', good.replace('planningPasses', 'planingPasses'), 'planingPasses'],
    ['an unknown provider', good.replace('provider: wire', 'provider: nobody'), 'bindings.default.provider'],
    ['control characters', good.replace('The Salt Clock', '"The \\u0007 Clock"'), 'title'],
    ['5 MB of text', good + 'salt '.repeat(1_000_000), undefined],
  ])('%s: refused at once, naming the field, and nothing is created', async (_name, brief, field) => {
    const { client } = book.system;
    const before = await client.get<{ items: unknown[] }>('/api/fiction/plans');
    const response = await client.request('POST', '/api/fiction/plans', brief, { 'content-type': 'text/markdown' });
    expect([400, 413]).toContain(response.status);
    expect(response.headers.get('content-type')).toContain('application/problem+json');
    const problem = (await response.json()) as { code: string; errors?: { field: string }[] };
    if (field !== undefined) expect(problem.errors?.map((error) => error.field)).toContain(field);
    expect((await client.get<{ items: unknown[] }>('/api/fiction/plans')).items).toHaveLength(before.items.length);
  });

  it('the same Idempotency-Key makes one plan', async () => {
    const { client } = book.system;
    const key = { 'idempotency-key': 'once' };
    const ids = await Promise.all([1, 2, 3].map(() => client.createPlan(good, key)));
    expect(new Set(ids).size).toBe(1);
  });

  it('every write is in the audit trail, with who made it, what came of it, and the plan', async () => {
    const { client } = book.system;
    const trailOf = async (query: string) =>
      (await client.get<{ items: AuditRecord[] }>(`/api/access/audit?${query}`)).items;
    const [made] = await until('the audit trail has the plan', async () => {
      const records = await trailOf(`planId=${planId}`);
      return records.length > 0 && records;
    });
    expect(made).toMatchObject({ actor: { tokenId: 'bootstrap', role: 'admin' }, status: 201, outcome: 'ok' });
    expect(made).toMatchObject({ method: 'POST', route: '/api/fiction/plans', targets: { planId } });
    // A record is stored before the write is answered, and is on its way to the trail after that.
    const codes = await until('the audit trail has the refusals', async () => {
      const refused = await trailOf('outcome=refused&limit=200');
      return refused.some(({ code }) => code === 'BODY_TOO_LARGE') && refused.map(({ code }) => code);
    });
    expect(new Set(codes)).toEqual(new Set(['BRIEF_INVALID', 'BODY_TOO_LARGE']));
  });

  it('nothing but health answers without a token', async () => {
    const { url } = book.system.client;
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
    expect((await fetch(`${url}/api/fiction/plans`)).status).toBe(401);
    expect(
      (await fetch(`${url}/api/fiction/plans/${planId}/manuscript`, { headers: { authorization: 'Bearer no' } }))
        .status,
    ).toBe(401);
  });
});
