import { ModelCallError } from '@fiction/llm';
import { backoffMs, judgeFailure, MAX_FAILURES, MAX_PAUSES } from './failure';

const binding = { provider: 'local', model: 'qwen3-8b' };
const unreachable = new ModelCallError('PROVIDER_UNREACHABLE', binding, 'connection refused');
const atOnce = new ModelCallError('PROVIDER_THROTTLED', binding, 'HTTP 429', { retryAfterMs: 0 });

const broken = new ModelCallError('PROVIDER_UNAVAILABLE', binding, 'HTTP 500', { status: 500, retryAfterMs: 0 });
const least = (): number => 0;

/** How long each of the pauses that one run may take lasts at least, if it always fails the same way. */
function pausesOf(error: Error): number[] {
  const delays: number[] = [];
  for (;;) {
    const verdict = judgeFailure(error, { failures: 0, pauses: delays.length }, least);
    if (verdict.kind !== 'retry') return delays;
    expect(verdict.spends).toBe('pause');
    delays.push(verdict.delayMs);
  }
}

/** What becomes of each failure of a run that always fails the same way. */
function failuresOf(error: Error, random: () => number): (number | string)[] {
  return Array.from({ length: MAX_FAILURES }, (_, failures) => {
    const verdict = judgeFailure(error, { failures, pauses: 0 }, random);
    return verdict.kind === 'retry' ? verdict.delayMs : verdict.kind;
  });
}

it.each([
  ['out of reach', unreachable],
  ['that starts up', new ModelCallError('PROVIDER_NOT_READY', binding, 'HTTP 503, Loading model', { status: 503 })],
])('waits for a provider %s, longer every time, for more than an hour, and spends no attempt', (_what, error) => {
  const delays = pausesOf(error);
  expect(delays).toHaveLength(MAX_PAUSES - 1);
  expect(delays.slice(0, 8)).toEqual([250, 500, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000]);
  expect(delays.reduce((sum, delay) => sum + delay)).toBeGreaterThan(60 * 60_000);
});

it('tells people what is waited for', () => {
  const verdict = judgeFailure(unreachable, { failures: 0, pauses: 0 });
  expect(verdict).toMatchObject({ news: 'waits for local/qwen3-8b: connection refused' });
});

it('tells what went wrong where an attempt is spent', () => {
  const cut = new ModelCallError('PROVIDER_UNAVAILABLE', binding, 'socket hang up');
  const verdict = judgeFailure(cut, { failures: 0, pauses: 3 }, least);
  expect(verdict).toMatchObject({ kind: 'retry', spends: 'failure', delayMs: 8_000, news: cut.message });
});

it('does not use its pauses up in a moment on a provider that always says "at once"', () => {
  expect(pausesOf(atOnce)).toEqual(pausesOf(unreachable));
});

it('gives a server that breaks over its calls a minute or two to mend, whatever it says', () => {
  expect(failuresOf(broken, least)).toEqual([8_000, 16_000, 30_000, 30_000, 'failed']);
  expect(failuresOf(broken, () => 1)).toEqual([10_000, 20_000, 37_500, 37_500, 'failed']);
});

it('does not wait long for what time does not mend', () => {
  expect(failuresOf(new Error('a bug'), least)).toEqual([...[1, 2, 3, 4].map((used) => backoffMs(used)), 'failed']);
});

it('waits as long as a provider asks where that is longer', () => {
  const error = new ModelCallError('PROVIDER_THROTTLED', binding, 'HTTP 429', { retryAfterMs: 40_000 });
  expect(judgeFailure(error, { failures: 0, pauses: 20 })).toMatchObject({ delayMs: 40_000 });
});

it('waits twice as long after each failure, up to a bound', () => {
  expect([1, 2, 3, 4, 8, 100].map((used) => backoffMs(used))).toEqual([250, 500, 1_000, 2_000, 30_000, 30_000]);
});
