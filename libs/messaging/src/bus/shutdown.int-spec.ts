import { cancelRunCommandOf } from '@fiction/contracts';
import { Loop } from '@fiction/platform';
import { until } from '@fiction/testing';
import { DataSource } from 'typeorm';
import { MessagingFixture, noting } from '../testing/messaging.fixture';

const cancel = cancelRunCommandOf('scene-weaver');

let fixture: MessagingFixture;
beforeAll(async () => {
  fixture = await MessagingFixture.start({
    handle: (handlers) =>
      handlers.register(
        cancel,
        noting((body) => body.runId),
      ),
  });
});
afterAll(() => fixture.stop());

it('asks nothing more of its database once that is closed', async () => {
  const replica = await fixture.tryReplica({});
  const stops = jest.spyOn(Loop.prototype, 'stop');
  const closing = jest.spyOn(replica.get(DataSource), 'destroy');
  await replica.close();
  // What is forgotten, what is settled, and what is swept up.
  expect(stops.mock.invocationCallOrder.length).toBeGreaterThanOrEqual(3);
  expect(Math.max(...stops.mock.invocationCallOrder)).toBeLessThan(closing.mock.invocationCallOrder[0]!);
  stops.mockRestore();
});

it('does not wait for a NATS that is away, and loses nothing', async () => {
  await fixture.server.instance.kill();
  const ids = Array.from({ length: 1_200 }, (_, n) => `waiting-${n}`);
  await fixture.send(
    cancel,
    ids.map((runId) => ({ runId, reason: 'because' })),
  );

  const begun = performance.now();
  await fixture.replicas.pop()!.close();
  expect(performance.now() - begun).toBeLessThan(6_000);

  await fixture.server.instance.start();
  await fixture.addReplica();
  await until('all are handled', async () => (await fixture.notes()).length === ids.length);
  expect(await fixture.notes()).toEqual(ids);
});
