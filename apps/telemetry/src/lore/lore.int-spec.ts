import { loreMoved, type LoreEvent } from '@fiction/contracts';
import { TelemetryFixture } from '../testing/telemetry-fixture';

let telemetry: TelemetryFixture;
beforeAll(async () => (telemetry = await TelemetryFixture.start()));
afterAll(() => telemetry.stop());

const moved = (eventId: string, to: LoreEvent['to']): LoreEvent => ({
  eventId,
  planId: 'p',
  branch: 'alt-beta',
  requirementId: 'p-lore-1',
  lineage: ['alt-beta', 'main'],
  from: 'blocked',
  to,
  conversationId: 'conversation',
  planPassId: 'p:1',
  source: 'automation',
  actor: 'lore-fulfillment',
  backlogItemId: 'item:lore:p-lore-1@alt-beta',
  runId: null,
  note: 'something has waited for it for more than 60 s',
  slaBreached: to === 'requested',
  occurredAt: '2026-01-01T00:00:00.000Z',
});

it('stores each move once, as it was told, however often that is, and counts it', async () => {
  const events = [moved('e-1', 'requested'), moved('e-2', 'ready')];
  for (let times = 0; times < 3; times += 1) {
    for (const event of events) await telemetry.publish(loreMoved.subject, JSON.stringify(event));
  }
  await telemetry.settled();
  const rows = await telemetry.query<{ document: LoreEvent; sla_breached: boolean }>(
    'SELECT document, sla_breached FROM lore_events ORDER BY event_id',
  );
  expect(rows).toEqual(events.map((document) => ({ document, sla_breached: document.slaBreached })));
  const metrics = await telemetry.metrics();
  expect(metrics).toMatch(/fiction_lore_moves_total\{[^}]*status="ready"[^}]*\} 1\n/);
});
