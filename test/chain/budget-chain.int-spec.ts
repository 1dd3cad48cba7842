import { behave, until } from '@fiction/testing';
import { BacklogClient } from '../book/backlog-client';
import { briefOf } from '../book/book-under-test';
import { SystemInProcess } from './system-in-process';

jest.setTimeout(90_000);

const WITHIN_MS = 30_000;
const WRITTEN_WITHIN_MS = 60_000;

let system: SystemInProcess;
const backlog = new BacklogClient(() => system.client);
beforeAll(async () => {
  // Every call costs more than half of the budget below, and none more than all of it.
  system = await SystemInProcess.start({ prices: { novelist: { inputPerMillion: 200, outputPerMillion: 2_000 } } });
});
afterAll(() => system?.stop());

it('a priced model that answers prose cannot spend more than the budget and the call that goes beyond it', async () => {
  const prose = 'The tide came in, and the clock kept time. '.repeat(10);
  system.models.script(
    'vision.compose',
    Array.from({ length: 50 }, () => behave.answer(prose)),
  );
  const brief = briefOf({ chapters: 1, scenesPerChapter: 1, continuity: 'loose' });
  const planId = await system.client.createPlan(brief.replace('---\n', '---\nbudget: { usd: 0.5 }\n'));
  const plan = () => system.client.plan(planId);
  await until('the plan is paused', async () => (await plan()).status === 'paused', WITHIN_MS);
  expect((await plan()).statusReason).toMatch(/^BUDGET_EXCEEDED: /);

  const dearest = Math.max(...(await costs(planId)));
  const total = (await costs(planId)).reduce((sum, cost) => sum + cost);
  expect(total).toBeGreaterThan(0.5);
  expect(total).toBeLessThanOrEqual(0.5 + dearest);
  expect(system.models.count()).toBe((await costs(planId)).length);
  expect((await backlog.page(planId, '?status=cancelled')).items).toMatchObject([{ reasonCode: 'BUDGET_EXCEEDED' }]);

  system.models.reset();
  const resumed = await backlog.post(`/api/fiction/plans/${planId}/resume`, { budget: { usd: 1_000 } });
  expect(resumed.status).toBe(202);
  await until('the book is written', async () => (await plan()).status === 'complete', WRITTEN_WITHIN_MS);
});

async function costs(planId: string): Promise<number[]> {
  const { items } = await system.client.get<{ items: { costUsd: number }[] }>(
    `/api/fiction/plans/${planId}/transcripts?limit=50`,
  );
  return items.map(({ costUsd }) => costUsd);
}
