import {
  acknowledgeAlert,
  DomainError,
  listAlerts,
  NotFoundError,
  readAlert,
  resolveAlert,
  type Alert,
} from '@fiction/contracts';
import type { OpenAPIObject } from '@nestjs/swagger';
import { startGateway, type TestGateway } from '../gateway.fixture';

let gateway: TestGateway;
beforeAll(async () => (gateway = await startGateway()));
afterAll(() => gateway.stop());
beforeEach(() => gateway.services.clear());

const alert: Alert = {
  id: 'a-1',
  rule: 'item-on-fire',
  cause: 'fiction:scene:s1',
  severity: 'critical',
  planId: 'p',
  branch: 'main',
  itemIds: ['fiction:scene:s1'],
  message: 'it has failed 3 times',
  details: { failures: 3 },
  status: 'open',
  firstSeen: '2026-01-01T00:00:00.000Z',
  lastSeen: '2026-01-01T00:00:00.000Z',
  count: 1,
  acknowledgedAt: null,
  acknowledgedBy: null,
  resolvedAt: null,
  resolvedBy: null,
  note: null,
};
const asJson = { 'content-type': 'application/json' };
const post = (path: string, body?: unknown) =>
  gateway.call(`/api/fiction/alerts/${path}`, {
    method: 'POST',
    ...(body !== undefined && { body: JSON.stringify(body), headers: asJson }),
  });

it('lists alerts, and passes every filter on', async () => {
  gateway.services.on(listAlerts, () => ({ items: [alert], nextCursor: 'next' }));
  const page = await gateway.call(
    '/api/fiction/alerts?plan=p&branch=alt&severity=critical&status=open&rule=item-on-fire&cursor=c&limit=7',
  );
  expect(await page.json()).toEqual({ items: [alert], nextCursor: 'next' });
  await gateway.call('/api/fiction/alerts');
  expect(gateway.services.asked.map(({ question }) => question)).toEqual([
    {
      planId: 'p',
      branch: 'alt',
      severity: 'critical',
      status: 'open',
      rule: 'item-on-fire',
      cursor: 'c',
      limit: 7,
    },
    { limit: 50 },
  ]);
});

it.each(['severity=loud', 'status=gone', 'rule=none', 'limit=0', 'colour=red'])('refuses ?%s', async (query) => {
  const response = await gateway.call(`/api/fiction/alerts?${query}`);
  expect(response.status).toBe(400);
  expect(await response.json()).toMatchObject({ errors: [{ field: query.split('=')[0] }] });
});

it('reads one, and knows that another is not there', async () => {
  gateway.services.on(readAlert, ({ alertId }) => {
    if (alertId !== alert.id) throw new NotFoundError('alert', alertId);
    return alert;
  });
  expect(await (await gateway.call('/api/fiction/alerts/a-1')).json()).toEqual(alert);
  const unknown = await gateway.call('/api/fiction/alerts/a-2');
  expect(unknown.status).toBe(404);
  expect(await unknown.json()).toMatchObject({ code: 'ALERT_NOT_FOUND' });
});

it.each([
  ['acknowledge', acknowledgeAlert],
  ['resolve', resolveAlert],
] as const)('%s tells who does it, with or without a note', async (verb, contract) => {
  gateway.services.on(contract, () => alert);
  const noted = await post(`a-1/${verb}`, { note: ' mine ' });
  expect([noted.status, await noted.json()]).toEqual([200, alert]);
  expect((await post(`a-1/${verb}`)).status).toBe(200);
  expect(gateway.services.asked.map(({ question }) => question)).toEqual([
    { alertId: 'a-1', actor: expect.any(String), note: 'mine' },
    { alertId: 'a-1', actor: expect.any(String) },
  ]);
  const wrong = await post(`a-1/${verb}`, { note: 7, by: 'me' });
  expect(wrong.status).toBe(400);
});

it.each(['acknowledge', 'resolve'])('%s says when it is too late', async (verb) => {
  const refuse = (): Alert => {
    throw new DomainError('ALERT_RESOLVED', 409, 'It is resolved.');
  };
  gateway.services.on(acknowledgeAlert, refuse);
  gateway.services.on(resolveAlert, refuse);
  const response = await post(`a-1/${verb}`, {});
  expect(response.status).toBe(409);
  expect(await response.json()).toMatchObject({ code: 'ALERT_RESOLVED' });
});

it('lets viewers read, and only operators handle', async () => {
  gateway.services.on(listAlerts, () => ({ items: [], nextCursor: null }));
  gateway.services.on(resolveAlert, () => alert);
  const [viewer, writer, operator] = await Promise.all(
    (['viewer', 'writer', 'operator'] as const).map((role) => gateway.tokenOf(role)),
  );
  expect((await gateway.call('/api/fiction/alerts', { token: viewer })).status).toBe(200);
  const resolve = { method: 'POST', token: writer };
  expect((await gateway.call('/api/fiction/alerts/a-1/resolve', resolve)).status).toBe(403);
  expect((await gateway.call('/api/fiction/alerts/a-1/resolve', { ...resolve, token: operator })).status).toBe(200);
});

it('is described', async () => {
  const { paths } = (await (await gateway.call('/api/openapi.json')).json()) as OpenAPIObject;
  for (const verb of ['acknowledge', 'resolve']) {
    const route = paths[`/api/fiction/alerts/{alertId}/${verb}`]?.post;
    expect(Object.keys(route?.responses ?? {})).toEqual(expect.arrayContaining(['200', '404', '409']));
    expect(route?.requestBody).toMatchObject({ required: false });
  }
});
