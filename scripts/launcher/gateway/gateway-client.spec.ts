import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { GatewayClient } from './gateway-client';

let server: Server;
let answers: ((response: ServerResponse) => void)[] = [];
const askedAt: number[] = [];

beforeAll(async () => {
  server = createServer((_request, response) => {
    askedAt.push(performance.now());
    response.setHeader('content-type', 'application/json');
    (answers.shift() ?? ((last) => last.writeHead(200).end('{"items": [], "nextCursor": null}')))(response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterAll(() => {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(resolve));
});
beforeEach(() => (askedAt.length = 0));

const refuse = (status: number, headers: Record<string, string>) => (response: ServerResponse) =>
  void response.writeHead(status, headers).end('{"title": "Not now", "errors": []}');

async function plans(stopped = new AbortController().signal): Promise<unknown[]> {
  const { port } = server.address() as AddressInfo;
  const found: unknown[] = [];
  for await (const plan of new GatewayClient(`http://127.0.0.1:${port}`, 'token', stopped).plans()) found.push(plan);
  return found;
}

it.each([429, 503])('a %i that says when to come again is asked again then, and not before', async (status) => {
  answers = [refuse(status, { 'retry-after': '1' })];
  expect(await plans()).toEqual([]);
  expect(askedAt).toHaveLength(2);
  expect(askedAt[1]! - askedAt[0]!).toBeGreaterThanOrEqual(990);
});

it('one that does not say is asked again soon', async () => {
  answers = [refuse(429, {}), refuse(503, { 'retry-after': 'soon' })];
  expect(await plans()).toEqual([]);
  expect(askedAt).toHaveLength(3);
});

it('gives up at once when it would have to wait for longer than it keeps trying', async () => {
  answers = [refuse(429, { 'retry-after': '3600' })];
  await expect(plans()).rejects.toMatchObject({ code: 'GATEWAY_UNREACHABLE' });
  expect(askedAt).toHaveLength(1);
});
