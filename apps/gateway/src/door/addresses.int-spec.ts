import { startGateway, type TestGateway } from '../gateway.fixture';

let gateway: TestGateway;
beforeAll(async () => (gateway = await startGateway()));
afterAll(() => gateway.stop());

it('sends whoever opens the gateway’s own address to the description of the API, which has its name', async () => {
  const door = await gateway.call('/', { token: null, redirect: 'manual' });
  expect([door.status, door.headers.get('location')]).toEqual([302, '/api/docs']);
  const page = await (await gateway.call('/', { token: null })).text();
  expect(page).toContain('<title>Fiction Weaver: the API</title>');
});

it.each([
  ['DELETE', '/api/fiction/plans', 'GET, HEAD, POST'],
  ['PUT', '/api/fiction/plans/p', 'GET, HEAD'],
  ['POST', '/api/fiction/plans/p/scenes/s/drafts', 'GET, HEAD'],
])('%s %s is told which methods there are', async (method, path, allowed) => {
  const response = await gateway.call(path, { method });
  expect([response.status, response.headers.get('allow')]).toEqual([405, allowed]);
  expect(await response.json()).toMatchObject({ code: 'METHOD_NOT_ALLOWED' });
});

it('tells the methods of an address to whoever asks for its options', async () => {
  const response = await gateway.call('/api/fiction/plans', { method: 'OPTIONS' });
  expect([response.status, response.headers.get('allow')]).toEqual([204, 'GET, HEAD, POST']);
});

it('an address that is none stays none, whatever the method', async () => {
  for (const method of ['GET', 'DELETE', 'OPTIONS']) {
    const response = await gateway.call('/api/fiction/books', { method });
    expect(await response.json()).toMatchObject({ status: 404, code: 'ROUTE_NOT_FOUND' });
  }
});

it.each(['/api/fiction/plans/%zz', '/api/fiction/plans/%ff/scenes'])(
  '%s is said to be unreadable itself',
  async (path) => {
    const response = await gateway.call(path);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ code: 'ADDRESS_UNREADABLE', errors: [{ field: '(path)' }] });
  },
);

it('nobody learns of addresses or methods without a token', async () => {
  for (const path of ['/api/fiction/plans', '/api/fiction/plans/%zz']) {
    expect((await gateway.call(path, { method: 'DELETE', token: null })).status).toBe(401);
  }
});
