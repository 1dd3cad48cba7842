import { ALL_REQUESTS, NotFoundError } from '@fiction/contracts';
import { hostileAddresses, type DescribedApi } from '@fiction/testing';
import * as fc from 'fast-check';
import { startGateway, type TestGateway } from '../gateway.fixture';

/** A thousand addresses, on a machine that may be busy. */
jest.setTimeout(200_000);
const AT_ONCE = 8;

/** Every number that a question may hold and PostgreSQL keeps in an `int`; `afterSeq` is a `bigint`. */
const SMALL_NUMBERS = new Set(['chapter', 'limit']);

let gateway: TestGateway;
let api: DescribedApi;
beforeAll(async () => {
  gateway = await startGateway();
  api = (await (await gateway.call('/api/openapi.json')).json()) as DescribedApi;
});
afterAll(() => gateway.stop());
beforeEach(() => {
  gateway.services.clear();
  // As services do: what PostgreSQL cannot be asked ends as an error that nobody has thought of.
  for (const contract of ALL_REQUESTS) {
    gateway.services.on(contract, (question) => {
      const text = JSON.stringify(question, (name, value: unknown) => {
        if (SMALL_NUMBERS.has(name) && Number(value) > 2 ** 31 - 1) throw new Error(`${name} is out of range`);
        return value;
      });
      if (/\\u00[01]/.test(text)) throw new Error('invalid byte sequence for encoding "UTF8": 0x00');
      throw new NotFoundError('thing', 'x');
    });
  }
});

/** The addresses that were answered with a fault, or refused without a code. */
async function faultsOf(addresses: string[]): Promise<string[]> {
  const faults: string[] = [];
  const waiting = [...addresses];
  const ask = async (): Promise<void> => {
    for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
      const response = await gateway.call(path);
      const problem = (await response.json()) as { code?: string };
      if (response.status >= 500 || (response.status >= 400 && !problem.code)) {
        faults.push(`${response.status} ${path}`);
      }
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, ask));
  return faults;
}

// What people think of to do harm is asked of the whole system, in test/e2e.
it('no address that chance has made is answered with a fault of ours', async () => {
  const text = fc.string({ unit: 'binary', maxLength: 40 }).map((one) => encodeURIComponent(one.toWellFormed()));
  await fc.assert(
    fc.asyncProperty(text, async (value) => {
      expect(await faultsOf(hostileAddresses(api, 'p', [value]))).toEqual([]);
    }),
    { numRuns: 8 },
  );
});

it.each([
  ['plans/%00', 'planId'],
  ['plans/%00/scenes', 'planId'],
  ['plans/p/scenes/a%0ab', 'sceneId'],
  ['plans/p/scenes?chapter=99999999999', 'chapter'],
  ['plans/p/transcripts?runId=%00', 'runId'],
  ['plans/p/world-bible?cursor=%00', 'cursor'],
  [`plans/${'x'.repeat(301)}`, 'planId'],
])('%s is refused by name', async (path, field) => {
  const response = await gateway.call(`/api/fiction/${path}`);
  expect(response.status).toBe(400);
  expect(await response.json()).toMatchObject({ code: 'INPUT_INVALID', errors: [{ field }] });
  expect(gateway.services.asked).toEqual([]);
});
