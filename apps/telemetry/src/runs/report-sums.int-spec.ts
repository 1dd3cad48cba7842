import { FINAL_STATUSES, PHASES, readPlanReport, type PhaseReport, type RunEvent } from '@fiction/contracts';
import fc from 'fast-check';
import { randomUUID } from 'node:crypto';
import { anyRunEvents } from '../testing/run-event.arbitrary';
import { runEvent } from '../testing/run-event.builder';
import { TelemetryFixture } from '../testing/telemetry-fixture';

const SEED = 20_260_102;
const RUN_IDS = ['run-0', 'run-1', 'run-2', 'run-3', 'run-4'];
const ORDER = ['Enqueued', 'Resumed', 'Started', 'Progress'];

let fixture: TelemetryFixture;
beforeAll(async () => {
  fixture = await TelemetryFixture.start();
});
afterAll(() => fixture.stop());

/** What the report should say, computed the plain way: from all events at once. */
function plainReport(events: RunEvent[]): PhaseReport[] {
  const rank = ({ status }: RunEvent): number => (ORDER.includes(status) ? ORDER.indexOf(status) : ORDER.length);
  const runs = RUN_IDS.map((runId) => events.filter((event) => event.runId.endsWith(runId)))
    .filter((told) => told.length > 0)
    .map((told) => {
      const [newest] = told.toSorted(
        (a, b) =>
          b.attempt - a.attempt ||
          rank(b) - rank(a) ||
          b.percent - a.percent ||
          b.occurredAt.localeCompare(a.occurredAt) ||
          b.status.localeCompare(a.status),
      );
      const completions = told
        .filter((event) => event.status === 'Completed' && event.phase === 'scene')
        .map((event) => ({ attempt: event.attempt, words: Number(event.details['words']) }))
        .toSorted((a, b) => b.attempt - a.attempt || b.words - a.words);
      const most = (read: (event: RunEvent) => number): number => Math.max(...told.map((event) => read(event)));
      return {
        phase: newest!.phase,
        calls: most((event) => event.usage.calls),
        inputTokens: most((event) => event.usage.inputTokens),
        outputTokens: most((event) => event.usage.outputTokens),
        costUsd: most((event) => event.usage.costUsd),
        words: completions[0]?.words ?? 0,
        startedAt: told
          .filter((event) => event.status === 'Started')
          .map((event) => event.occurredAt)
          .sort()[0],
        ended: FINAL_STATUSES.has(newest!.status),
      };
    });
  return PHASES.filter((phase) => runs.some((run) => run.phase === phase)).map((phase) => {
    const own = runs.filter((run) => run.phase === phase);
    const sum = (read: (run: (typeof own)[number]) => number): number =>
      own.reduce((total, run) => total + read(run), 0);
    return {
      phase,
      calls: sum((run) => run.calls),
      inputTokens: sum((run) => run.inputTokens),
      outputTokens: sum((run) => run.outputTokens),
      costUsd: expect.closeTo(
        sum((run) => run.costUsd),
        9,
      ) as number,
      words: sum((run) => run.words),
      startedAt: own.flatMap((run) => run.startedAt ?? []).sort()[0] ?? null,
      finishedAt: own.every((run) => run.ended) ? (expect.any(String) as string) : null,
    };
  });
}

it('adds up what the runs of a plan have used, however their events were mixed, repeated and batched', async () => {
  const histories = fc.record({
    events: anyRunEvents({ runIds: RUN_IDS }),
    batchSizes: fc.array(fc.integer({ min: 1, max: 8 }), { minLength: 1, maxLength: 10 }),
    repeated: fc.nat({ max: 10 }),
  });
  await fc.assert(
    fc.asyncProperty(histories, async ({ events: drawn, batchSizes, repeated }) => {
      const planId = randomUUID();
      const events = drawn.map((event) => ({
        ...event,
        planId,
        eventId: randomUUID(),
        runId: `${planId}:${event.runId}`,
      }));
      const waiting = [...events, ...events.slice(0, repeated)];
      for (let n = 0; waiting.length > 0; n += 1)
        await fixture.record(waiting.splice(0, batchSizes[n % batchSizes.length]));

      const report = await fixture.requester.ask(readPlanReport, { planId });
      expect(report).toEqual({ phases: plainReport(events), lastSeq: events.length });
    }),
    { seed: SEED, numRuns: 60 },
  );
});

it('says when a phase began, and when the last of its runs ended, unless one of them goes on', async () => {
  const planId = 'plan-times';
  const at = (minute: number): string => new Date(Date.UTC(2026, 0, 1, 12, minute)).toISOString();
  const told = (runId: string, attempt: number, status: RunEvent['status'], minute: number): RunEvent =>
    runEvent({ planId, runId, attempt, status, occurredAt: at(minute) });
  const times = async (): Promise<unknown> => {
    const { phases } = await fixture.requester.ask(readPlanReport, { planId });
    return phases.map(({ startedAt, finishedAt }) => [startedAt, finishedAt]);
  };

  await fixture.record([told('times-1', 1, 'Enqueued', 0)]);
  expect(await times()).toEqual([[null, null]]);
  await fixture.record([
    told('times-1', 1, 'Started', 1),
    told('times-2', 1, 'Started', 2),
    told('times-2', 1, 'Completed', 3),
  ]);
  expect(await times()).toEqual([[at(1), null]]);
  await fixture.record([told('times-1', 1, 'Blocked', 4)]);
  expect(await times()).toEqual([[at(1), at(4)]]);
  await fixture.record([told('times-1', 2, 'Enqueued', 5)]);
  expect(await times()).toEqual([[at(1), null]]);
  await fixture.record([told('times-1', 2, 'Completed', 6)]);
  expect(await times()).toEqual([[at(1), at(6)]]);
});

it('reports nothing of a plan it never heard of', async () => {
  expect(await fixture.requester.ask(readPlanReport, { planId: 'plan-unknown' })).toEqual({ phases: [], lastSeq: 0 });
});
