import { connect, type Socket } from 'node:net';
import { Worker } from 'node:worker_threads';
import { StandstillServer } from './standstill.fixture';
import { Wire } from './wire';

/** Listens, and accepts nobody: its loop stands still, so the system keeps new connections waiting. */
const DEAF = `
  const { parentPort } = require('node:worker_threads');
  const server = require('node:net').createServer();
  server.listen({ port: 0, host: '127.0.0.1', backlog: 1 }, () => {
    parentPort.postMessage(server.address().port);
    setImmediate(() => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 30_000));
  });`;

it('says of a host that accepts no connection that it is out of reach, however short idle connections are kept', async () => {
  const worker = new Worker(DEAF, { eval: true });
  const wire = new Wire({ idleMs: 50, connectWithinMs: 500 });
  const waiting: Socket[] = [];
  try {
    const port = await new Promise<number>((heard) => worker.once('message', heard));
    for (let n = 0; n < 8; n += 1) waiting.push(connect(port, '127.0.0.1').on('error', () => undefined));
    const asked = wire.fetch(10_000)(`http://127.0.0.1:${port}/v1`, { method: 'POST', headers: {}, body: '{}' });
    await expect(asked).rejects.toMatchObject({ code: 'WIRE_UNREACHABLE', message: 'no connection within 0.5 s' });
  } finally {
    for (const socket of waiting) socket.destroy();
    wire.close();
    await worker.terminate();
  }
});

const SILENCE_MS = 100;

it.each(['application/json', 'text/event-stream'])(
  'reads an answer (%s) that came while this process stood still for longer than it waits',
  async (type) => {
    const server = await StandstillServer.start('{"said": true}', type);
    const wire = new Wire();
    try {
      const asked = wire.fetch(SILENCE_MS)(server.url, { method: 'POST', headers: {}, body: '{}' });
      await server.standStill(5 * SILENCE_MS);
      expect(await (await asked).text()).toBe('{"said": true}');
    } finally {
      wire.close();
      await server.stop();
    }
  },
);
