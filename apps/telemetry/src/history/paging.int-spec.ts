import { listProgress, type FictionPhaseProgressed } from '@fiction/contracts';
import { runEvent } from '../testing/run-event.builder';
import { TelemetryFixture } from '../testing/telemetry-fixture';

let fixture: TelemetryFixture;
beforeAll(async () => {
  fixture = await TelemetryFixture.start();
});
afterAll(() => fixture.stop());

/** Reads a whole history as a client does, page by page. */
async function readAll(planId: string, limit: number, afterSeq = 0): Promise<FictionPhaseProgressed[][]> {
  const pages: FictionPhaseProgressed[][] = [];
  for (let last = afterSeq; ;) {
    const page = await fixture.requester.ask(listProgress, { planId, afterSeq: last, limit });
    if (page.events.length > 0) pages.push(page.events);
    last = page.events.at(-1)?.seq ?? last;
    if (last >= page.lastSeq) return pages;
  }
}

it('pages by number: every event after a given one, once, in order', async () => {
  const planId = 'plan-long';
  const events = Array.from({ length: 95 }, (_, n) => runEvent({ planId, message: `event ${n}` }));
  await fixture.record(events);
  const numbered = events.map((event, index) => ({ seq: index + 1, ...event }));

  const pages = await readAll(planId, 20);
  expect(pages.map((page) => page.length)).toEqual([20, 20, 20, 20, 15]);
  expect(pages.flat()).toEqual(numbered);
  expect((await readAll(planId, 500, 90)).flat()).toEqual(numbered.slice(90));
  expect(await readAll(planId, 500, 95)).toEqual([]);
});

it('ends a page before it is too large for the bus, and still gets past an event that is large by itself', async () => {
  const planId = 'plan-wordy';
  const sizes = [200_000, 200_000, 200_000, 200_000, 10, 850_000, 10, 600_000, 90_000];
  const events = sizes.map((size) => runEvent({ planId, message: 'é'.repeat(size / 2) }));
  for (const event of events) await fixture.record([event]);

  const pages = await readAll(planId, 500);
  expect(pages.map((page) => page.map((event) => event.seq))).toEqual([[1, 2, 3], [4, 5], [6], [7, 8, 9]]);
  expect(pages.flat().map((event) => event.message)).toEqual(events.map((event) => event.message));
});

it('has an empty history of a plan it never heard of', async () => {
  const question = { planId: 'plan-unknown', afterSeq: 0, limit: 10 };
  expect(await fixture.requester.ask(listProgress, question)).toEqual({ events: [], lastSeq: 0 });
});
