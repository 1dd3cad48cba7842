import { auditRecorded, listAudit, type AuditRecord, type RequestOf } from '@fiction/contracts';
import { randomUUID } from 'node:crypto';
import { TelemetryFixture } from '../testing/telemetry-fixture';

let fixture: TelemetryFixture;
beforeAll(async () => (fixture = await TelemetryFixture.start(2)));
afterAll(() => fixture.stop());
beforeEach(() => fixture.query('TRUNCATE audit'));

function record(given: Partial<AuditRecord> = {}): AuditRecord {
  return {
    eventId: randomUUID(),
    occurredAt: '2026-01-01T00:00:00.000Z',
    actor: { tokenId: 't1', name: 'press', role: 'writer' },
    method: 'POST',
    route: '/api/fiction/plans',
    targets: {},
    outcome: 'ok',
    status: 201,
    code: null,
    correlationId: 'c',
    remoteAddress: '127.0.0.1',
    ...given,
  };
}

async function hear(...records: AuditRecord[]): Promise<void> {
  for (const one of records) await fixture.publish(auditRecorded.subject, JSON.stringify(one));
  await fixture.settled();
}
const idOf = (one: AuditRecord) => one.eventId;
const page = (question: Partial<RequestOf<typeof listAudit>>) => fixture.requester.ask(listAudit, question);

it('keeps each write once, however often it is delivered, and tells it as it was', async () => {
  const one = record({ targets: { planId: 'p', sceneId: 's' }, code: 'X', outcome: 'refused', status: 409 });
  await hear(one, one, one);
  expect(await page({})).toEqual({ items: [one], nextCursor: null });
});

it('lists over pages, the newest first, whatever the order in which they came, and none twice', async () => {
  const at = (second: number) => record({ occurredAt: new Date(second * 1_000).toISOString() });
  const records = [3, 1, 2, 2, 2, 5, 4].map(at);
  await hear(...records);
  const seen: AuditRecord[] = [];
  for (let cursor: string | undefined, first = true; first || cursor !== undefined; first = false) {
    const next: Awaited<ReturnType<typeof page>> = await page({ limit: 2, ...(cursor && { cursor }) });
    expect(next.items.length).toBeLessThanOrEqual(2);
    seen.push(...next.items);
    cursor = next.nextCursor ?? undefined;
  }
  expect(seen.map(({ occurredAt }) => Date.parse(occurredAt) / 1_000)).toEqual([5, 4, 3, 2, 2, 2, 1]);
  expect(new Set(seen.map(idOf)).size).toBe(7);
});

it('filters by plan, actor (id or name), outcome and time, together too', async () => {
  const first = record({ targets: { planId: 'p1' } });
  const second = record({ actor: { tokenId: 't2', name: 'desk', role: 'operator' }, targets: { planId: 'p1' } });
  const third = record({ outcome: 'refused', status: 403, code: 'ROLE_INSUFFICIENT' });
  const fourth = record({ outcome: 'failed', status: 503, occurredAt: '2026-02-01T00:00:00.000Z' });
  await hear(first, second, third, fourth);
  const found = async (question: Parameters<typeof page>[0]) => (await page(question)).items.map(idOf);
  expect(new Set(await found({ planId: 'p1' }))).toEqual(new Set([first.eventId, second.eventId]));
  expect(await found({ actor: 't2' })).toEqual([second.eventId]);
  expect(await found({ actor: 'desk' })).toEqual([second.eventId]);
  expect(await found({ outcome: 'refused' })).toEqual([third.eventId]);
  expect(await found({ since: '2026-01-15T00:00:00.000Z' })).toEqual([fourth.eventId]);
  expect(await found({ planId: 'p1', actor: 'press', outcome: 'ok' })).toEqual([first.eventId]);
  expect(await found({ planId: 'nothing' })).toEqual([]);
});

it('answers the largest page there can be', async () => {
  const targets = { planId: 'p'.repeat(300), sceneId: 's'.repeat(300), entryId: 'e'.repeat(300) };
  await hear(...Array.from({ length: 210 }, () => record({ targets })));
  expect((await page({ limit: 200 })).items).toHaveLength(200);
});

const cursorOf = (json: string): string => Buffer.from(json).toString('base64url');
it.each(['x', 'W10', cursorOf('["now","1"]'), cursorOf('["0000-01-01T00:00:00Z","1"]')])(
  'refuses the cursor %j',
  async (cursor) => {
    await expect(page({ cursor })).rejects.toMatchObject({ code: 'INPUT_INVALID', errors: [{ field: 'cursor' }] });
  },
);
