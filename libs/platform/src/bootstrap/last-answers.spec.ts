import { Agent, createServer, get, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { endsWithLastAnswers } from './last-answers';
import { within } from './within';

const LONG_MS = 60_000;
const SOON_MS = 5_000;

/** A server whose answers wait for the test, asked by a client that keeps its connection. */
async function asked(begin: (response: ServerResponse) => void) {
  let arrived!: (response: ServerResponse) => void;
  const arrival = new Promise<ServerResponse>((resolve) => (arrived = resolve));
  const server = createServer({ keepAliveTimeout: LONG_MS }, (_request, response) => {
    begin(response);
    arrived(response);
  });
  const end = endsWithLastAnswers(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const agent = new Agent({ keepAlive: true });
  const { port } = server.address() as AddressInfo;
  const answer = new Promise<string>((resolve, reject) => {
    get({ port, host: '127.0.0.1', agent }, (message: IncomingMessage) => {
      let text = '';
      message.on('data', (part: Buffer) => (text += part.toString()));
      message.on('end', () => resolve(text));
    }).on('error', reject);
  });
  return { server, end, answer, response: await arrival, stop: () => agent.destroy() };
}

it.each([
  ['that has not begun', () => undefined],
  ['that has begun', (response: ServerResponse) => void response.write('the ')],
])('a server ends with an answer %s, though the client keeps its connection', async (_what, begin) => {
  const { server, end, answer, response, stop } = await asked(begin);
  try {
    end();
    const closed = new Promise<string>((resolve) => server.close(() => resolve('closed')));
    response.end('book');
    expect(await answer).toMatch(/book$/);
    expect(await within(SOON_MS, closed)).toBe('closed');
  } finally {
    stop();
    server.closeAllConnections();
  }
});

it('what is still asked meanwhile is answered, and its connection ends with that', async () => {
  const { server, end, answer, response, stop } = await asked((opened) => void opened.end('book'));
  try {
    expect(await answer).toBe('book');
    expect(response.getHeader('Connection')).not.toBe('close');
    end();
    const { port } = server.address() as AddressInfo;
    const late = await fetch(`http://127.0.0.1:${port}/`);
    expect(late.headers.get('connection')).toBe('close');
    expect(await late.text()).toBe('book');
  } finally {
    stop();
    await new Promise((resolve) => server.close(resolve));
  }
});
