import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findBinaries, machineLookup } from '../binaries/binaries';
import { startNats } from './nats';

jest.setTimeout(60_000);

it('takes a client that answers nothing for gone', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'fiction-nats-'));
  const binary = findBinaries(machineLookup(process.env.PATH ?? '')).found.natsServer!;
  const nats = await startNats({ dir: join(dir, 'store'), logFile: join(dir, 'nats.log'), binary });
  try {
    const { username, password } = new URL(nats.url);
    const client = connect(nats.port!, '127.0.0.1');
    let heard = '';
    client.on('data', (text) => (heard += String(text)));
    client.write(`CONNECT ${JSON.stringify({ verbose: false, user: username, pass: password })}\r\nPING\r\n`);
    await once(client, 'close');
    expect(heard).toContain('PONG');
    expect(heard).toContain('Stale Connection');
  } finally {
    await nats.kill();
    await rm(dir, { recursive: true, force: true });
  }
});
