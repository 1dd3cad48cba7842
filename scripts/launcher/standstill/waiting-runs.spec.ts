import type { ProgressEvent } from './progress-event';
import { WaitingRuns } from './waiting-runs';

/** A history that is read as the gateway reads it out, and a clock. */
function history() {
  const events: ProgressEvent[] = [];
  const clock = { nowMs: Date.parse('2026-01-01T00:00:00Z') };
  const waits = new WaitingRuns(
    async (afterSeq) => ({
      items: events.filter(({ seq }) => seq > afterSeq).slice(0, 500),
      lastSeq: events.length,
    }),
    () => clock.nowMs,
  );
  const tell = (runId: string, status: string, message = '', details = {}, recorded = 0): void => {
    const occurredAt = new Date(clock.nowMs).toISOString();
    const event = { phase: runId.split('-')[0]!, runId, status, message, details, steps: { recorded }, occurredAt };
    events.push({ seq: events.length + 1, ...event });
  };
  const waiting = (runId: string, message = 'waits for local/m: connection refused'): void =>
    tell(runId, 'Resumed', message, { code: 'PROVIDER_UNREACHABLE', retryInMs: 1_000 });
  const later = (ms: number): void => void (clock.nowMs += ms);
  return { tell, waiting, later, waits };
}

it('tells of a run that has waited for more than a few seconds, in the words of its provider, and only while it waits', async () => {
  const { tell, waiting, later, waits } = history();
  tell('vision-1', 'Started');
  waiting('vision-1');
  expect(await waits.look()).toEqual([]);
  for (let n = 0; n < 4; n += 1) {
    later(2_000);
    tell('vision-1', 'Started');
    tell('vision-1', 'Progress', 'reading the brief');
    waiting('vision-1');
  }
  expect(await waits.look()).toEqual(['vision waits for local/m: connection refused']);
  tell('vision-1', 'Started');
  tell('vision-1', 'Progress', 'reading the brief');
  expect(await waits.look()).toHaveLength(1);
  tell('vision-1', 'Progress', 'asked', {}, 1);
  expect(await waits.look()).toEqual([]);
});

it('an attempt that goes on has found its provider, before it tells of its first step', async () => {
  const { tell, waiting, later, waits } = history();
  waiting('vision-1');
  later(8_000);
  tell('vision-1', 'Started');
  expect(await waits.look()).toHaveLength(1);
  later(11_000);
  expect(await waits.look()).toEqual([]);
  waiting('vision-1');
  expect(await waits.look()).toHaveLength(1);
});

it('what waits for the same is told in one line, whatever else happens', async () => {
  const { tell, waiting, later, waits } = history();
  for (const run of ['scene-1', 'scene-2', 'lore-1']) waiting(run);
  waiting('world-1', 'local/m is unavailable: HTTP 500');
  later(6_000);
  for (let n = 0; n < 100; n += 1) tell(`blueprint-${n}`, 'Completed');
  expect(await waits.look()).toEqual([
    'lore, scene waits for local/m: connection refused',
    'world is tried again: local/m is unavailable: HTTP 500',
  ]);
  tell('world-1', 'Failed');
  tell('lore-1', 'Resumed', 'resumed', { resumption: 1 });
  tell('scene-1', 'Cancelled');
  expect(await waits.look()).toEqual(['scene waits for local/m: connection refused']);
});

it('reads the end of a long history, and gives up on what it cannot keep up with', async () => {
  const { tell, waiting, later, waits } = history();
  waiting('vision-1');
  for (let n = 0; n < 600; n += 1) tell('scene-1', 'Progress');
  waiting('world-1');
  later(6_000);
  expect(await waits.look()).toEqual(['world waits for local/m: connection refused']);
  for (let n = 0; n < 3_000; n += 1) tell('scene-1', 'Progress');
  expect(await waits.look()).toEqual([]);
  waiting('world-1');
  later(6_000);
  expect(await waits.look()).toEqual(['world waits for local/m: connection refused']);
});
