import { planStateSchema, type PlanState } from '../plans/plan-state';
import { Silence } from './silence';

const plan = (calls: number, running: number): PlanState =>
  planStateSchema.parse({
    id: 'p',
    title: 'T',
    status: 'running',
    calls,
    progress: [
      { phase: 'vision', running, calls },
      { phase: 'world', running: 0 },
    ],
  });

it('is told of once a model has been asked and silent for a minute, until it answers', () => {
  let nowMs = 1_000_000;
  const silence = new Silence(() => nowMs);
  const looks = (ms: number, calls: number, running = 1): string | undefined => {
    nowMs += ms;
    return silence.look(plan(calls, running));
  };
  expect(looks(0, 0)).toBeUndefined();
  expect(looks(59_000, 0)).toBeUndefined();
  expect(looks(6_000, 0)).toBe(
    "vision: no answer of a model for 1:05; a call may take as long as its provider's timeoutSeconds",
  );
  expect(looks(60_000, 0)).toMatch(/for 2:05;/);
  expect(looks(1_000, 1)).toBeUndefined();
  expect(looks(90_000, 1, 0)).toBeUndefined();
});
