import { feedSchema } from '@fiction/contracts';
import { storableJson } from '@fiction/platform';
import { runEvent } from '../testing/run-event.builder';
import { feedBodies } from './feed.publisher';

function feedOf(sizes: number[]) {
  const stored = sizes.map((size, index) => {
    const event = runEvent({ message: 'é'.repeat(size / 2) });
    return { seq: index + 1, event, document: storableJson(event) };
  });
  const bodies = feedBodies('plan-1', stored);
  return { stored, bodies, feeds: bodies.map((body) => feedSchema.parse(JSON.parse(body))) };
}

it('brings every event once, numbered, in one message while that is small enough', () => {
  const { stored, feeds } = feedOf([10, 10, 10]);
  expect(feeds).toEqual([
    { planId: 'plan-1', events: stored.map(({ seq, event }) => ({ seq, ...event })), changes: [] },
  ]);
});

it('splits before 500 KB, measured in bytes, and sends what is larger alone', () => {
  const { bodies, feeds } = feedOf([200_000, 200_000, 200_000, 700_000, 10, 10]);
  expect(feeds.map((feed) => feed.events.map((event) => event.seq))).toEqual([[1, 2], [3], [4], [5, 6]]);
  for (const index of [0, 1, 3]) expect(Buffer.byteLength(bodies[index]!)).toBeLessThan(501_000);
});
