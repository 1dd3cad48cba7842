import { ALL_REQUESTS, chooseBranch, DomainError, forkBranch, NotFoundError } from '@fiction/contracts';
import type { OpenAPIObject } from '@nestjs/swagger';
import { startGateway, type TestGateway } from '../gateway.fixture';

/** What each write that takes a branch is sent; a new one needs a line here. */
const BODIES: Record<string, object> = {
  lore: { domain: 'places', name: 'The Mill', why: 'it burns' },
  'lore/{requirementId}/approve': {},
  'lore/{requirementId}/fulfill': { text: 'It burned.' },
  'lore/{requirementId}/reject': { reason: 'Too much lamp.' },
  'lore/{requirementId}/waive': { note: 'He lies.' },
  obligations: { text: 'the key' },
  'obligations/{obligationId}/annotate': { note: 'n' },
  'obligations/{obligationId}/dismiss': { note: 'n' },
  'obligations/{obligationId}/reopen': { note: 'n' },
  'obligations/{obligationId}/resolve': { note: 'n' },
  'world-bible': { type: 'location', name: 'Low Water', summary: 'A quay.' },
  'world-bible/{entryId}/lock': {},
  'world-bible/{entryId}/unlock': {},
  'world-bible/{entryId}/versions': { expectedVersion: 1, summary: 'Wet.' },
};
/** Here the branch only filters what is of many: left out, it filters nothing. */
const FILTERED = ['/api/fiction/alerts', '/api/fiction/plans/{planId}/transcripts'];
const PLAN = '/api/fiction/plans/{planId}/';

interface Parameter {
  name: string;
  in: string;
  required?: boolean;
  description?: string;
}
interface Route {
  method: 'get' | 'post';
  pattern: string;
  description: string | undefined;
}

let gateway: TestGateway;
let routes: Route[];
let primary = 'main';
beforeAll(async () => {
  gateway = await startGateway();
  const { paths } = (await (await gateway.call('/api/openapi.json')).json()) as OpenAPIObject;
  routes = Object.entries(paths).flatMap(([pattern, item]) =>
    (['get', 'post', 'put', 'patch', 'delete'] as const).flatMap((method) => {
      const parameters = (item[method]?.parameters ?? []) as Parameter[];
      const branch = parameters.find((one) => one.name === 'branch' && one.in === 'query');
      if (branch === undefined) return [];
      expect(branch.required ?? false).toBe(false);
      return [{ method: method as 'get' | 'post', pattern, description: branch.description }];
    }),
  );
});
afterAll(() => gateway.stop());
beforeEach(() => {
  gateway.services.clear();
  for (const contract of ALL_REQUESTS) {
    gateway.services.on(contract, () => {
      throw new NotFoundError('thing', 'x');
    });
  }
  gateway.services.on(chooseBranch, ({ planId, branch = primary, toWrite }) => {
    if (planId !== 'p') throw new NotFoundError('plan', planId);
    if (branch === 'none') throw new NotFoundError('branch', branch);
    if (branch === 'old' && toWrite) throw new DomainError('BRANCH_ARCHIVED', 409, 'It is archived.');
    return { branch };
  });
});

const questions = () => gateway.services.asked.filter(({ subject }) => subject !== chooseBranch.subject);
const timesChosen = () => gateway.services.asked.length - questions().length;

async function send({ method, pattern }: Route, branch?: string) {
  gateway.services.asked.length = 0;
  const path = pattern.replace('{planId}', 'p').replaceAll(/\{\w+\}/g, 'x');
  const response = await gateway.call(`${path}${branch === undefined ? '' : `?branch=${branch}`}`, {
    method: method.toUpperCase(),
    ...(method === 'post' && {
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(BODIES[pattern.slice(PLAN.length)]),
    }),
  });
  return { status: response.status, problem: (await response.json()) as { code?: string } };
}

/** The branches that were asked about, each once. */
const branches = () => [...new Set(questions().map(({ question }) => (question as { branch?: string }).branch))];

it('without a branch every route that takes one is about the primary branch, as it is at that moment', async () => {
  const ruled = routes.filter(({ pattern }) => !FILTERED.includes(pattern));
  expect(ruled.length).toBeGreaterThan(25);
  const writes = ruled.filter(({ method }) => method === 'post').map(({ pattern }) => pattern.slice(PLAN.length));
  expect(writes.sort()).toEqual(Object.keys(BODIES).sort());
  for (const adopted of ['main', 'alt', 'main']) {
    primary = adopted;
    for (const route of ruled) {
      await send(route);
      const about = branches().filter((branch) => branch !== undefined);
      const seen = { route: route.pattern, method: route.method, about };
      expect(seen).toEqual({ ...seen, about: [adopted] });
      expect(questions()).not.toEqual([]);
      expect(route.description).toContain('primary branch');
    }
  }
});

it('a list that a branch only filters is of every branch without it, and says so', async () => {
  const filtered = routes.filter(({ pattern }) => FILTERED.includes(pattern));
  expect(filtered).toHaveLength(FILTERED.length);
  for (const route of filtered) {
    expect(route.description).toContain('every branch');
    await send(route);
    expect(branches()).toEqual([undefined]);
  }
});

it('a branch that is none is refused before anybody but the planner is asked, who would wait for word of it', async () => {
  for (const route of routes.filter(({ pattern }) => pattern.startsWith(PLAN))) {
    const { status, problem } = await send(route, 'none');
    const refused = { route: route.pattern, status, code: problem.code };
    expect(refused).toEqual({ route: route.pattern, status: 404, code: 'BRANCH_NOT_FOUND' });
    expect(questions()).toEqual([]);
  }
});

it('on a branch that is archived nothing is written, although it was known before; all of it is read', async () => {
  for (const route of routes.filter(({ pattern }) => pattern.startsWith(PLAN)).toReversed()) {
    const { problem } = await send(route, 'old');
    const seen = { route: route.pattern, method: route.method, code: problem.code };
    const refused = expect.stringMatching(/^BRANCH_ARCHIVED$/);
    expect(seen).toEqual({ ...seen, code: route.method === 'post' ? refused : expect.not.stringMatching(/ARCHIVED/) });
    expect(questions().length === 0).toBe(route.method === 'post');
  }
});

it('nor on one that the id of a persona names', async () => {
  const baseline = { version: 1, baseline: { voice: 'dry' } };
  const writes: [string, string, object][] = [
    ['PATCH', '', baseline],
    ['POST', '/memories', { text: 'It burned.', from: '1.1' }],
    ['POST', '/memories/7/retract', {}],
    ['POST', '/notes', { text: 'It burned.', from: '1.1' }],
  ];
  for (const [method, path, body] of writes) {
    const response = await gateway.call(`${PLAN.replace('{planId}', 'p')}personas/p@old:ada${path}`, {
      method,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    expect([path, await response.json()]).toMatchObject([path, { code: 'BRANCH_ARCHIVED', status: 409 }]);
  }
  const read = await send({ method: 'get', pattern: `${PLAN}personas/p@old:ada`, description: '' });
  expect(read.problem.code).not.toBe('BRANCH_ARCHIVED');
});

it('nor is one that the id of a persona names', async () => {
  for (const path of ['personas', 'drift'].map((noun) => `${PLAN}${noun}/p@none:ada`)) {
    expect((await send({ method: 'get', pattern: path, description: '' })).problem.code).toBe('BRANCH_NOT_FOUND');
    expect(questions()).toEqual([]);
  }
  const stranger = await send({ method: 'get', pattern: `${PLAN}personas/q@main:ada`, description: '' });
  expect(stranger.problem.code).toBe('PERSONA_NOT_FOUND');
});

it('a branch that is known is not asked for again', async () => {
  const scenes = routes.find(({ pattern }) => pattern.endsWith('/scenes'))!;
  await send(scenes, 'once');
  expect(timesChosen()).toBe(1);
  await send(scenes, 'once');
  expect([timesChosen(), questions().length]).toEqual([0, 1]);
});

it('a fork without its parent is a fork of the primary branch', async () => {
  primary = 'alt';
  await gateway.call('/api/fiction/plans/p/branches', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ name: 'another' }),
  });
  expect(questions()).toMatchObject([{ subject: forkBranch.subject, question: { from: 'alt' } }]);
});
