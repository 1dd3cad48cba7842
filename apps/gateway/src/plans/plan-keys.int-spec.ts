import { createPlan } from '@fiction/contracts';
import { startGateway, type TestGateway } from '../gateway.fixture';

let gateway: TestGateway;
beforeAll(async () => (gateway = await startGateway()));
afterAll(() => gateway.stop());

const BRIEF = '---\ntitle: The Salt Clock\nauthor: M. Okafor\nchapters: 3\n---\nA clock of salt.\n';
const markdown = { 'content-type': 'text/markdown' };
const post = (body: string, headers: Record<string, string>) =>
  gateway.call('/api/fiction/plans', { method: 'POST', body, headers });

/** As the planner does: one plan for each key. */
beforeEach(() => {
  const byKey = new Map<string, string>();
  gateway.services.on(createPlan, ({ idempotencyKey }) => {
    const known = byKey.get(idempotencyKey ?? '');
    if (known !== undefined) return { planId: known, created: false };
    const planId = `plan-${byKey.size + 1}`;
    byKey.set(idempotencyKey ?? planId, planId);
    return { planId, created: true };
  });
});

it('gives the same plan for the same Idempotency-Key', async () => {
  const headers = { ...markdown, 'idempotency-key': 'one' };
  expect((await post(BRIEF, headers)).status).toBe(201);
  const again = await post(BRIEF, headers);
  expect(again.status).toBe(200);
  expect(await again.json()).toEqual({ id: 'plan-1', created: false });
});

it('keeps the Idempotency-Keys of two callers apart, however long', async () => {
  const headers = { ...markdown, 'idempotency-key': 'k'.repeat(200) };
  const theirs = await gateway.call('/api/fiction/plans', {
    ...{ method: 'POST', body: BRIEF.replace('Salt', 'Other'), headers },
    token: await gateway.tokenOf('writer'),
  });
  expect(theirs.status).toBe(201);
  const ours = await post(BRIEF, headers);
  expect([ours.status, await ours.json()]).toEqual([201, { id: 'plan-2', created: true }]);
});
