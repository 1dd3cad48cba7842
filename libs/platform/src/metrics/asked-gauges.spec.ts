import { Gauge, Registry } from 'prom-client';
import { whenAsked } from './asked-gauges';

const AT_ONCE_MS = 1;
const registry = new Registry();
const told: string[] = [];
let answer: () => Promise<number>;
let questions = 0;

const gauges = ['first', 'second'].map((name) => gauge(name));
const collect = whenAsked(
  {
    gauges: () => gauges,
    ask: async () => {
      questions += 1;
      const value = await answer();
      for (const one of gauges) one.set({ status: 'open' }, value);
    },
    onUnknown: (reason) => told.push(reason),
  },
  AT_ONCE_MS,
);

function gauge(name: string): Gauge {
  return new Gauge({ name, help: '-', labelNames: ['status'], registers: [registry], collect: () => collect() });
}

const shown = async (): Promise<string[]> =>
  (await registry.metrics()).split('\n').filter((line) => /^(first|second)\{/.test(line));

it('asks once for all gauges, and shows nothing while nothing is known', async () => {
  answer = async () => 7;
  expect(await shown()).toEqual(['first{status="open"} 7', 'second{status="open"} 7']);
  expect(questions).toBe(1);

  answer = () => Promise.reject(new Error('gone'));
  expect(await shown()).toEqual([]);
  expect(told).toContain('Error: gone');
});

it('does not wait for an answer that does not come, nor asks again meanwhile, and shows it once it has come', async () => {
  questions = 0;
  let open!: (value: number) => void;
  answer = () => new Promise((resolve) => (open = resolve));
  expect(await shown()).toEqual([]);
  expect(await shown()).toEqual([]);
  expect(told).toContain('no answer within 1 ms');
  expect(questions).toBe(1);
  open(3);
  answer = async () => 4;
  expect(await shown()).toEqual(['first{status="open"} 3', 'second{status="open"} 3']);
  expect(await shown()).toEqual(['first{status="open"} 4', 'second{status="open"} 4']);
});
