import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { Wire } from './wire';

const SAID = '{"said": "the tide"}';
const POST = { method: 'POST', headers: {}, body: '{}' };
const wire = new Wire();
let server: Server;
let url: string;
let connections = 0;
let answer: (request: IncomingMessage, response: ServerResponse, nth: number) => void;

beforeAll(async () => {
  const served = new WeakMap<object, number>();
  server = createServer({ keepAliveTimeout: 60_000 }, (request, response) => {
    const nth = (served.get(request.socket) ?? 0) + 1;
    served.set(request.socket, nth);
    request.resume().on('end', () => answer(request, response, nth));
  });
  server.on('connection', () => connections++);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
});

beforeEach(() => (connections = 0));

afterAll(async () => {
  wire.close();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const ask = async (): Promise<string> => (await wire.fetch(5_000)(url, POST)).text();

it.each([
  ['resets', (request: IncomingMessage) => request.socket.resetAndDestroy()],
  ['closes', (request: IncomingMessage) => request.socket.end()],
])('asks once more, anew, where a server %s a connection that was idle', async (_what, giveUp) => {
  answer = (request, response, nth) => void (nth > 1 ? giveUp(request) : response.end(SAID));
  for (let call = 0; call < 4; call += 1) expect(await ask()).toBe(SAID);
});

it('does not ask again where it was the first call over the connection, or the answer had begun', async () => {
  wire.close();
  answer = (request) => void request.socket.resetAndDestroy();
  await expect(ask()).rejects.toMatchObject({ code: 'ECONNRESET' });
  expect(connections).toBe(1);
  answer = (request, response, nth) => {
    if (nth === 1) return void response.end(SAID);
    response.writeHead(200, { 'content-length': 100 });
    response.write('{', () => request.socket.resetAndDestroy());
  };
  expect(await ask()).toBe(SAID);
  await expect(ask()).rejects.toMatchObject({ code: 'ECONNRESET' });
  expect(connections).toBe(2);
});

describe.each(['application/json', 'text/event-stream'])('an answer (%s) that is compressed', (type) => {
  it.each([
    ['gzip', gzipSync(SAID)],
    ['br', brotliCompressSync(SAID)],
    ['deflate', deflateSync(SAID)],
  ])('as %s is read', async (encoding, body) => {
    answer = (_request, response) => {
      response.writeHead(200, { 'content-type': type, 'content-encoding': encoding }).end(body);
    };
    expect(await ask()).toBe(SAID);
  });

  it('and broken is an error', async () => {
    answer = (_request, response) => {
      response.writeHead(200, { 'content-type': type, 'content-encoding': 'gzip' }).end('no gzip at all');
    };
    await expect(ask()).rejects.toMatchObject({ code: 'Z_DATA_ERROR' });
  });
});

it('ends a stream with its last event, whether or not the server does', async () => {
  answer = (_request, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.write('data: "data: [DONE]"\n');
    response.write('\r\ndata: [DO');
    response.write('NE]\r\n\r\n');
  };
  expect(await ask()).toBe('data: "data: [DONE]"\n\r\ndata: [DONE]\r\n\r\n');
});
