import { ALL_REQUESTS, NotFoundError } from '@fiction/contracts';
import { hostileWrites, type DescribedWrites } from '@fiction/testing';
import { startGateway, type TestGateway } from '../gateway.fixture';

/** Thousands of bodies, on a machine that may be busy. */
jest.setTimeout(120_000);
const AT_ONCE = 8;

let gateway: TestGateway;
let api: DescribedWrites;
beforeAll(async () => {
  gateway = await startGateway();
  api = (await (await gateway.call('/api/openapi.json')).json()) as DescribedWrites;
  // As services do: what PostgreSQL cannot be asked ends as an error that nobody has thought of.
  for (const contract of ALL_REQUESTS) {
    gateway.services.on(contract, (question) => {
      if (/\\u0000|\\ud[89a-f]/.test(JSON.stringify(question))) throw new Error('no place for that');
      throw new NotFoundError('thing', 'x');
    });
  }
});
afterAll(() => gateway.stop());

it('no body, however hostile, is answered with a fault of ours', async () => {
  const waiting = hostileWrites(api, () => 'x');
  expect(waiting.length).toBeGreaterThan(500);
  const faults: string[] = [];
  const ask = async (): Promise<void> => {
    for (let write = waiting.pop(); write !== undefined; write = waiting.pop()) {
      const { method, path, body, why } = write;
      const headers = { 'content-type': 'application/json' };
      const response = await gateway.call(path, { method, headers, body: JSON.stringify(body) });
      const { code } = (await response.json()) as { code?: string };
      if (response.status >= 500 || (response.status >= 400 && !code)) {
        faults.push(`${response.status} ${method} ${path}: ${why}`);
      }
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, ask));
  expect(faults).toEqual([]);
});

it.each([
  ['branches', { name: 'x', changes: { directions: { '1': 'a\u0000b' } } }, 'changes.directions.1'],
  ['branches', { name: 'x', changes: { directions: { '1': '\ud800' } } }, 'changes.directions.1'],
  ['branches', { name: 'x', changes: { directions: { none: 'x' } } }, 'changes.directions.none'],
  ['backlog/x/resume', { taskId: 'task:a\u0000b#1' }, 'taskId'],
])('%s with %j is refused by name', async (path, body, field) => {
  gateway.services.asked.length = 0;
  const response = await gateway.call(`/api/fiction/plans/p/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  expect(response.status).toBe(400);
  const problem = (await response.json()) as { errors: { message: string }[] };
  expect(problem).toMatchObject({
    code: 'INPUT_INVALID',
    errors: [{ field, message: expect.stringMatching(/^must /) }],
  });
  expect(gateway.services.asked).toEqual([]);
});
