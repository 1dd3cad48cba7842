import { chooseBranch, createPlan, forkBranch, listProviders } from '@fiction/contracts';
import { join } from 'node:path';
import { startGateway, type TestGateway } from '../gateway.fixture';

const SECRET = 'sk-that-the-gateway-happens-to-have';

let gateway: TestGateway;
beforeAll(async () => {
  const providersPath = join(__dirname, '../../../../examples/providers.yaml');
  gateway = await startGateway({ providersPath, keys: { OPENAI_API_KEY: SECRET } });
});
afterAll(() => gateway.stop());
beforeEach(() => {
  gateway.services.clear();
  gateway.services.on(createPlan, () => ({ planId: 'plan-1', created: true }));
  gateway.services.on(chooseBranch, () => ({ branch: 'main' }));
});

const post = () =>
  gateway.call('/api/fiction/plans', {
    method: 'POST',
    headers: { 'content-type': 'text/markdown' },
    body: '---\ntitle: T\nauthor: A\nbindings: { scene: { provider: openai, model: m } }\n---\nA clock of salt.\n',
  });

function conductorHas(usable: boolean): void {
  const openai = { name: 'openai', kind: 'openai', lane: 'cloud' as const, concurrency: 1, usable };
  const limits = { requestsPerMinute: null, tokensPerMinute: null, models: null };
  gateway.services.on(listProviders, () => ({
    providers: [
      { ...openai, ...limits, problem: usable ? null : 'the environment variable OPENAI_API_KEY is not set' },
    ],
  }));
}

it('refuses a brief whose key is missing where phases run, whatever the gateway has itself', async () => {
  conductorHas(false);
  const response = await post();
  expect(response.status).toBe(400);
  const text = await response.text();
  expect(JSON.parse(text)).toMatchObject({
    code: 'BRIEF_INVALID',
    errors: [
      {
        field: 'bindings.scene.provider',
        message: 'provider "openai" needs the environment variable OPENAI_API_KEY, which is not set',
      },
    ],
  });
  expect(text).not.toContain(SECRET);
  expect(gateway.services.asked.map(({ subject }) => subject)).not.toContain(createPlan.subject);
});

it('takes a brief when the key is there', async () => {
  conductorHas(true);
  expect((await post()).status).toBe(201);
});

it('refuses a fork likewise, before any branch is made', async () => {
  conductorHas(false);
  const scene = { provider: 'openai', model: 'm' };
  const response = await gateway.call('/api/fiction/plans/plan-1/branches', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ name: 'alt', changes: { bindings: { scene, lore: { ...scene, provider: 'nope' } } } }),
  });
  expect(response.status).toBe(400);
  expect(await response.json()).toMatchObject({
    code: 'INPUT_INVALID',
    errors: [
      {
        field: 'changes.bindings.lore.provider',
        message: expect.stringContaining('there is no provider "nope"') as string,
      },
      {
        field: 'changes.bindings.scene.provider',
        message: 'provider "openai" needs the environment variable OPENAI_API_KEY, which is not set',
      },
    ],
  });
  expect(gateway.services.asked.map(({ subject }) => subject)).not.toContain(forkBranch.subject);
});

it('takes a brief when the conductor does not answer', async () => {
  expect((await post()).status).toBe(201);
});
