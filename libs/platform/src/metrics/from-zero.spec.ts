import { Counter, Histogram, Registry } from 'prom-client';
import { fromZero } from './from-zero';

it('shows every combination of labels as 0, and takes nothing back that was counted', async () => {
  const registry = new Registry();
  const counter = new Counter({ name: 'ends', help: '-', labelNames: ['phase', 'status'], registers: [registry] });
  counter.inc({ phase: 'scene', status: 'failed' }, 2);
  fromZero(counter, { phase: ['lore', 'scene'], status: new Set(['complete', 'failed']) });
  const { values } = await counter.get();
  const shown = new Map(values.map(({ labels, value }) => [`${labels.phase} ${labels.status}`, value]));
  expect(Object.fromEntries(shown)).toEqual({
    'lore complete': 0,
    'lore failed': 0,
    'scene complete': 0,
    'scene failed': 2,
  });
});

it('shows a histogram with all its buckets', async () => {
  const registry = new Registry();
  const buckets = [1, 2];
  const histogram = new Histogram({ name: 'times', help: '-', labelNames: ['kind'], buckets, registers: [registry] });
  fromZero(histogram, { kind: ['action'] });
  expect(await registry.metrics()).toContain('times_bucket{le="2",kind="action"} 0\n');
  expect(await registry.metrics()).toContain('times_count{kind="action"} 0\n');
});
