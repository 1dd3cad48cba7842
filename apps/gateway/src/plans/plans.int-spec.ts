import {
  createPlan,
  DomainError,
  listPlans,
  NotFoundError,
  PHASES,
  readPlan,
  readPlanReport,
  settleBrief,
  type PlanDetail,
  type ReplyOf,
} from '@fiction/contracts';
import { startGateway, type TestGateway } from '../gateway.fixture';

let gateway: TestGateway;
beforeAll(async () => (gateway = await startGateway()));
afterAll(() => gateway.stop());
beforeEach(() => gateway.services.clear());

const BRIEF = '---\ntitle: The Salt Clock\nauthor: M. Okafor\nchapters: 3\n---\nA clock of salt.\n';
const markdown = { 'content-type': 'text/markdown' };
const json = { 'content-type': 'application/json' };

const post = (body: RequestInit['body'], headers: Record<string, string> = markdown) =>
  gateway.call('/api/fiction/plans', { method: 'POST', body, headers });

function keepPlans(): void {
  gateway.services.on(createPlan, () => ({ planId: 'plan-1', created: true }));
}

const detail = (): PlanDetail => ({
  id: 'plan-1',
  projectId: 'shelf',
  title: 'The Salt Clock',
  author: 'M. Okafor',
  status: 'running',
  statusReason: null,
  briefDigest: null,
  createdAt: '2024-01-01T00:00:00.000Z',
  startedAt: '2024-01-01T00:00:01.000Z',
  finishedAt: null,
  brief: settleBrief({ title: 'The Salt Clock', author: 'M. Okafor', text: 'x' }, { provider: 'p', model: 'm' }),
  primaryBranch: 'main',
  phases: PHASES.map((phase) => ({
    phase,
    total: 4,
    done: 1,
    running: 1,
    waiting: 1,
    blocked: 0,
    failed: 0,
    cancelled: 1,
  })),
  words: 300,
});

describe('POST /api/fiction/plans', () => {
  it('makes a plan from Markdown and says where it is', async () => {
    keepPlans();
    const response = await post(BRIEF);
    expect(response.status).toBe(201);
    expect(response.headers.get('location')).toBe('/api/fiction/plans/plan-1');
    expect(await response.json()).toEqual({ id: 'plan-1', created: true });
    expect(gateway.services.asked[0]?.question).toEqual({
      brief: { title: 'The Salt Clock', author: 'M. Okafor', chapters: 3, text: 'A clock of salt.' },
      idempotencyKey: null,
      actor: 'bootstrap',
    });
  });

  it('makes a plan from JSON', async () => {
    keepPlans();
    expect((await post(JSON.stringify({ title: 'T', author: 'A', text: 'P' }), json)).status).toBe(201);
  });

  const refused: [string, RequestInit['body'], Record<string, string>, number, string][] = [
    ['a bad brief', '---\nchapters: 0\n---\n', markdown, 400, 'BRIEF_INVALID'],
    ['a bad brief in JSON', '{"chapters":10000}', json, 400, 'BRIEF_INVALID'],
    ['JSON that is none', '{"title": ', json, 400, 'BODY_UNREADABLE'],
    ['JSON that is not packed as it says', '{}', { ...json, 'content-encoding': 'gzip' }, 400, 'BODY_UNREADABLE'],
    ['the same with another packing', '{}', { ...json, 'content-encoding': 'br' }, 400, 'BODY_UNREADABLE'],
    ['a packing nobody knows', '{}', { ...json, 'content-encoding': 'rubbish' }, 415, 'UNSUPPORTED_MEDIA_TYPE'],
    ['no body', undefined, markdown, 400, 'BRIEF_INVALID'],
    ['5 MB of text', BRIEF + 'x'.repeat(5_000_000), markdown, 413, 'BODY_TOO_LARGE'],
    ['5 MB of JSON', JSON.stringify({ text: 'x'.repeat(5_000_000) }), json, 413, 'BODY_TOO_LARGE'],
    ['a form', 'title=T', { 'content-type': 'application/x-www-form-urlencoded' }, 415, 'UNSUPPORTED_MEDIA_TYPE'],
    ['plain text', BRIEF, { 'content-type': 'text/plain' }, 415, 'UNSUPPORTED_MEDIA_TYPE'],
    ['a key with spaces', BRIEF, { ...markdown, 'idempotency-key': 'a b' }, 400, 'INPUT_INVALID'],
  ];
  it.each(refused)('refuses %s, and makes nothing', async (_name, body, headers, status, code) => {
    keepPlans();
    const response = await post(body, headers);
    expect(response.status).toBe(status);
    expect(response.headers.get('content-type')).toBe('application/problem+json');
    const problem = (await response.json()) as { errors?: { field: string; message: string }[] };
    expect(problem).toMatchObject({ code, status, instance: '/api/fiction/plans' });
    if (status !== 415) expect(problem.errors?.length).toBeGreaterThan(0);
    expect(gateway.services.asked).toEqual([]);
  });

  it('refuses binary nonsense with a problem', async () => {
    const response = await post(Buffer.from([0xff, 0xfe, 0x00]));
    expect(await response.json()).toMatchObject({ code: 'BRIEF_INVALID', errors: [{ field: '(whole)' }] });
  });
});

describe('GET /api/fiction/plans', () => {
  it('passes page and filter on', async () => {
    gateway.services.on(listPlans, () => ({ items: [], nextCursor: 'next' }));
    const briefDigest = 'a1'.repeat(32);
    const query = `limit=7&cursor=c&status=running&briefDigest=${briefDigest}`;
    const response = await gateway.call(`/api/fiction/plans?${query}`);
    expect(await response.json()).toEqual({ items: [], nextCursor: 'next' });
    expect(gateway.services.asked[0]?.question).toEqual({ limit: 7, cursor: 'c', status: 'running', briefDigest });
  });

  it.each([
    ['limit=0', 'limit'],
    ['limit=many', 'limit'],
    ['limit=1000', 'limit'],
    ['status=lost', 'status'],
    ['briefDigest=abc', 'briefDigest'],
    ['limt=3', 'limt'],
    ['cursor=', 'cursor'],
  ])('?%s is refused by name', async (query, field) => {
    const response = await gateway.call(`/api/fiction/plans?${query}`);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ code: 'INPUT_INVALID', errors: [{ field }] });
  });
});

describe('GET /api/fiction/plans/{id}', () => {
  it('adds what the plan has used up to how far it has come', async () => {
    gateway.services.on(readPlan, detail);
    gateway.services.on(readPlanReport, (): ReplyOf<typeof readPlanReport> => ({
      phases: [
        {
          phase: 'vision',
          calls: 1,
          inputTokens: 10,
          outputTokens: 20,
          costUsd: 0.5,
          words: 0,
          startedAt: '2024-01-01T00:00:01.000Z',
          finishedAt: '2024-01-01T00:00:02.000Z',
        },
        {
          phase: 'scene',
          calls: 5,
          inputTokens: 100,
          outputTokens: 200,
          costUsd: 1,
          words: 900,
          startedAt: null,
          finishedAt: null,
        },
      ],
      lastSeq: 9,
    }));
    const plan = (await (await gateway.call('/api/fiction/plans/plan-1')).json()) as Record<string, unknown>;
    expect(plan).toMatchObject({
      id: 'plan-1',
      // Of the primary branch; what telemetry has counted was written on all of them.
      words: 300,
      calls: 6,
      tokens: { input: 110, output: 220 },
      costUsd: 1.5,
      partial: false,
    });
    expect(plan).not.toHaveProperty('phases');
    expect((plan.progress as unknown[])[0]).toEqual({
      phase: 'vision',
      total: 4,
      done: 1,
      running: 1,
      waiting: 1,
      blocked: 0,
      failed: 0,
      cancelled: 1,
      calls: 1,
      inputTokens: 10,
      outputTokens: 20,
      costUsd: 0.5,
      startedAt: '2024-01-01T00:00:01.000Z',
      // Three of four are still to come, whatever has ended last.
      finishedAt: null,
    });
  });

  it('answers without telemetry too, and says so', async () => {
    gateway.services.on(readPlan, detail);
    const plan = await (await gateway.call('/api/fiction/plans/plan-1')).json();
    expect(plan).toMatchObject({ partial: true, words: 300, calls: 0, status: 'running' });
  });

  it('has the words of all branches while the planner has not counted them by branch', async () => {
    gateway.services.on(readPlan, () => ({ ...detail(), words: null }));
    const scene = {
      calls: 1,
      inputTokens: 1,
      outputTokens: 1,
      costUsd: 0,
      words: 900,
      startedAt: null,
      finishedAt: null,
    };
    gateway.services.on(readPlanReport, () => ({ phases: [{ phase: 'scene' as const, ...scene }], lastSeq: 1 }));
    expect(await (await gateway.call('/api/fiction/plans/plan-1')).json()).toMatchObject({ words: 900 });
  });
});

describe('problems', () => {
  it('of another service keep their code, and carry the correlation id', async () => {
    gateway.services.on(readPlan, ({ planId }) => {
      throw new NotFoundError('plan', planId);
    });
    const response = await gateway.call('/api/fiction/plans/gone', { headers: { 'x-correlation-id': 'my-id.1' } });
    expect(response.status).toBe(404);
    expect(response.headers.get('x-correlation-id')).toBe('my-id.1');
    expect(await response.json()).toEqual({
      type: 'urn:fiction-weaver:problem:plan-not-found',
      title: 'Not Found',
      status: 404,
      detail: 'There is no plan "gone".',
      code: 'PLAN_NOT_FOUND',
      instance: '/api/fiction/plans/gone',
      correlationId: 'my-id.1',
    });
  });

  it('of a service that is away say when to come again', async () => {
    const response = await gateway.call('/api/fiction/plans/any');
    expect(response.status).toBe(503);
    expect(response.headers.get('retry-after')).toBe('2');
    expect(await response.json()).toMatchObject({ code: 'SERVICE_UNAVAILABLE' });
  });

  it('of our own say nothing but that they are logged', async () => {
    gateway.services.on(readPlan, () => {
      throw new Error('password=secret at /srv/app.ts:1');
    });
    const response = await gateway.call('/api/fiction/plans/any');
    expect(response.status).toBe(500);
    expect(await response.text()).not.toMatch(/secret|\.ts|at /);
  });

  it('with an impossible status become 500', async () => {
    gateway.services.on(readPlan, () => {
      throw new DomainError('ODD', 7, 'odd');
    });
    expect((await gateway.call('/api/fiction/plans/any')).status).toBe(500);
  });

  it.each([
    ['GET', '/api/nothing', 404, 'ROUTE_NOT_FOUND'],
    ['DELETE', '/api/fiction/plans', 405, 'METHOD_NOT_ALLOWED'],
    ['GET', '/api/fiction/plans/%FF', 400, 'ADDRESS_UNREADABLE'],
  ])('%s %s is a problem document', async (method, path, status, code) => {
    const response = await gateway.call(path, { method });
    expect(response.status).toBe(status);
    expect(response.headers.get('content-type')).toBe('application/problem+json');
    expect(await response.json()).toMatchObject({ code, status });
  });

  it('have a correlation id of our own when the caller has none that is sane', async () => {
    const response = await gateway.call('/api/nothing', { headers: { 'x-correlation-id': 'no spaces please' } });
    const { correlationId } = (await response.json()) as { correlationId: string };
    expect(correlationId).toMatch(/^[0-9a-f-]{36}$/);
    expect(response.headers.get('x-correlation-id')).toBe(correlationId);
  });
});

describe('every answer', () => {
  it('keeps browsers in line and lets no other site read it', async () => {
    const response = await gateway.call('/api/nothing', { headers: { origin: 'https://elsewhere.example' } });
    expect(response.headers.get('x-powered-by')).toBeNull();
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    expect(response.headers.get('content-security-policy')).toContain("default-src 'self'");
    expect(response.headers.get('access-control-allow-origin')).toBeNull();
  });
});
