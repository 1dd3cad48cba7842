import { cancelRunCommandOf } from '@fiction/contracts';
import { until } from '@fiction/testing';
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
