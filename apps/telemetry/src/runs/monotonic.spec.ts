import { FINAL_STATUSES, PROGRESS_STATUSES, type ProgressStatus, type RunEvent } from '@fiction/contracts';
import fc from 'fast-check';
import { anyRunEvents } from '../testing/run-event.arbitrary';
import { runEvent } from '../testing/run-event.builder';
import { finishedAtMs, mergeStates, stateOf, type RunState } from './run-state';

const SEED = 20_260_101;

function merged(events: RunEvent[]): RunState {
  return events.map((event) => stateOf(event)).reduce((state, told) => mergeStates(state, told));
}

it('is the same state in whatever order, grouping and number of repetitions the events of a run are heard', () => {
  const events = anyRunEvents({ runIds: ['run-1'], minLength: 1 });
  const orders = events.chain((told) =>
    fc.record({
      told: fc.constant(told),
      order: fc.shuffledSubarray([...told, ...told], { minLength: told.length * 2 }),
      cut: fc.nat({ max: told.length * 2 - 1 }),
    }),
  );
  fc.assert(
    fc.property(orders, ({ told, order, cut }) => {
      const [left, right] = [order.slice(0, cut), order.slice(cut)];
      const grouped = left.length === 0 ? merged(right) : mergeStates(merged(left), merged(right));
      expect(grouped).toEqual(merged(told));
      expect(merged(order)).toEqual(merged(told));
    }),
    { seed: SEED, numRuns: 300 },
  );
});

it('never goes back to an older attempt, whatever that attempt still has to say', () => {
  fc.assert(
    fc.property(fc.constantFrom(...PROGRESS_STATUSES), fc.constantFrom(...PROGRESS_STATUSES), (late, current) => {
      const state = merged([
        runEvent({ attempt: 2, status: current, percent: 5 }),
        runEvent({ attempt: 1, status: late, percent: 90, occurredAt: '2026-01-02T00:00:00.000Z' }),
      ]);
      expect(state).toMatchObject({ attempt: 2, status: current, percent: 5 });
    }),
    { seed: SEED },
  );
});

it('goes forward only within an attempt: Enqueued, Resumed, Started, Progress, and then its end', () => {
  const ranks: ProgressStatus[][] = [['Enqueued'], ['Resumed'], ['Started'], ['Progress'], [...FINAL_STATUSES]];
  for (const [rank, statuses] of ranks.entries()) {
    for (const earlier of ranks.slice(0, rank).flat()) {
      for (const status of statuses) {
        expect(merged([runEvent({ status }), runEvent({ status: earlier, percent: 100 })]).status).toBe(status);
      }
    }
  }
});

it('shows the most that an attempt has told of how far it is, whichever clock told it, and whatever came first', () => {
  const further = runEvent({ percent: 60 });
  for (const occurredAt of [further.occurredAt, '2026-01-02T00:00:00.000Z']) {
    const before = runEvent({ percent: 40, occurredAt });
    expect(merged([further, before])).toMatchObject({ status: 'Progress', percent: 60 });
    expect(merged([before, further])).toMatchObject({ status: 'Progress', percent: 60 });
  }
});

it('expects no more steps of a run that is over than it has taken', () => {
  const under = runEvent({ steps: { recorded: 5, known: 9 } });
  const over = runEvent({ status: 'Completed', steps: { recorded: 5, known: 5 } });
  for (const events of [
    [under, over],
    [over, under],
  ]) {
    expect(merged(events)).toMatchObject({ stepsRecorded: 5, stepsKnown: 5 });
  }
});

it('counts usage as the run tells it, as one growing number over all attempts', () => {
  const usage = (calls: number) => ({ calls, inputTokens: calls * 100, outputTokens: calls * 10, costUsd: calls / 8 });
  const state = merged([
    runEvent({ attempt: 2, usage: usage(3) }),
    runEvent({ attempt: 1, usage: usage(5) }),
    runEvent({ attempt: 2, usage: usage(4) }),
  ]);
  expect(state).toMatchObject(usage(5));
});

it('keeps the words of the last completion, and is finished only while its last word is an end', () => {
  const completed = runEvent({ status: 'Completed', details: { words: 900 } });
  const again = runEvent({ revision: 2, attempt: 2, status: 'Started' });
  const shorter = runEvent({ revision: 2, attempt: 2, status: 'Completed', details: { words: 700 } });
  expect(finishedAtMs(merged([completed]))).toBe(Date.parse(completed.occurredAt));
  expect(merged([completed, again])).toMatchObject({ status: 'Started', words: 900 });
  expect(finishedAtMs(merged([completed, again]))).toBeUndefined();
  expect(merged([again, shorter, completed])).toMatchObject({ status: 'Completed', words: 700 });
  expect(merged([runEvent({ phase: 'lore', status: 'Completed', details: { words: 900 } })]).words).toBe(0);
});

it('ends again by hand: of two ends of one attempt the later counts, however far the run had come', () => {
  const failed = runEvent({ status: 'Failed', percent: 40 });
  const blocked = runEvent({ status: 'Blocked', percent: 0, occurredAt: '2026-01-02T00:00:00.000Z' });
  expect(merged([failed, blocked])).toMatchObject({ status: 'Blocked' });
  expect(merged([blocked, failed])).toMatchObject({ status: 'Blocked' });
});
