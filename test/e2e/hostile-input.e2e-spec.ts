import { hostileAddresses, hostileWrites, TestSystem, type DescribedApi, type DescribedWrites } from '@fiction/testing';
import { join } from 'node:path';

jest.setTimeout(180_000);

const BRIEF = '---\ntitle: T\nauthor: A\nchapters: 1\nscenesPerChapter: 1\n---\nA clock of salt.\n';
const AT_ONCE = 8;

let system: TestSystem;
beforeAll(async () => {
  system = await TestSystem.start({ root: join(__dirname, '../..') });
});
afterAll(async () => system?.stop());

it('no service faults over what stands in an address', async () => {
  const { client } = system;
  const planId = await client.createPlan(BRIEF);
  await client.whenComplete(planId, 60_000);
  // Of a plan that is there, so that no service stops at its absence; its id is one of the places that are tried.
  const waiting = hostileAddresses(await client.get<DescribedApi>('/api/openapi.json'), planId);
  expect(waiting.length).toBeGreaterThan(1_000);
  const faults: string[] = [];
  const ask = async (): Promise<void> => {
    for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
      const response = await client.request('GET', path);
      const body = await response.text();
      // A refusal has a code that programs can read.
      const isFault = response.status >= 500 || (response.status >= 400 && !/"code":"\w/.test(body));
      if (isFault) faults.push(`${path}: ${response.status} ${body}`);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, ask));
  expect(faults).toEqual([]);
});

it('nor over what stands in a body', async () => {
  const { client } = system;
  const planId = await client.createPlan(BRIEF);
  await client.whenComplete(planId, 60_000);
  const ids: Record<string, string> = { planId, branch: 'main', itemId: `item:scene:${planId}-c001-s01` };
  // Plans of strangers' briefs would keep the system busy for long; the gateway has parsed them when it has not faulted.
  const waiting = hostileWrites(
    await client.get<DescribedWrites>('/api/openapi.json'),
    (place) => ids[place] ?? 'x',
  ).filter(({ path }) => path !== '/api/fiction/plans');
  const faults: string[] = [];
  const ask = async (): Promise<void> => {
    for (let write = waiting.pop(); write !== undefined; write = waiting.pop()) {
      const { method, path, body, why } = write;
      const response = await client.request(method, path, JSON.stringify(body), { 'content-type': 'application/json' });
      const text = await response.text();
      if (response.status >= 500) faults.push(`${method} ${path}: ${why}: ${response.status} ${text}`);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, ask));
  expect(faults).toEqual([]);
});
