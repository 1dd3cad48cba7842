import { PROGRESS_STATUSES, type Phase, type RunEvent } from '@fiction/contracts';
import fc from 'fast-check';
import { runEvent } from './run-event.builder';

const FIRST_MS = Date.UTC(2026, 0, 1);

/** Any events of some runs, in any order: attempts that fall back, statuses out of turn, usage that shrinks. */
export function anyRunEvents(given: { runIds: string[]; minLength?: number }): fc.Arbitrary<RunEvent[]> {
  const phases: Phase[] = ['scene', 'lore', 'blueprint'];
  const one = fc.record({
    run: fc.nat({ max: given.runIds.length - 1 }),
    attempt: fc.integer({ min: 1, max: 3 }),
    status: fc.constantFrom(...PROGRESS_STATUSES),
    percent: fc.integer({ min: 0, max: 100 }),
    calls: fc.nat({ max: 9 }),
    words: fc.nat({ max: 2000 }),
    steps: fc.option(fc.record({ recorded: fc.nat({ max: 5 }), known: fc.nat({ max: 7 }) }), { nil: undefined }),
    minute: fc.nat({ max: 500 }),
  });
  return fc.array(one, { minLength: given.minLength ?? 0, maxLength: 30 }).map((drafts) =>
    drafts.map(({ run, attempt, status, percent, calls, words, steps, minute }) =>
      runEvent({
        runId: given.runIds[run]!,
        // A run has one phase for ever.
        phase: phases[run % phases.length]!,
        attempt,
        revision: attempt > 2 ? 2 : 1,
        status,
        percent,
        usage: { calls, inputTokens: calls * 1000, outputTokens: calls * 300, costUsd: calls * 0.013 },
        ...(steps && { steps }),
        details: status === 'Completed' ? { words } : {},
        occurredAt: new Date(FIRST_MS + minute * 60_000).toISOString(),
      }),
    ),
  );
}
