import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findBinaries, machineLookup } from '../binaries/binaries';
import { ManagedChild } from '../processes/managed-child';
import { askServer } from './ask-server';
import { checkNats } from './check-reachable';
import { freePort } from './free-port';
import { waitUntilReady } from './wait-until-ready';

const binary = findBinaries(machineLookup(process.env.PATH ?? '')).found.natsServer!;
let dir: string;
let nats: ManagedChild | undefined;

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'fiction-reach-'));
});

afterEach(async () => {
  await nats?.kill();
  nats = undefined;
  await rm(dir, { recursive: true, force: true });
});

/** @returns its address */
async function startNats(...args: string[]): Promise<string> {
  const port = await freePort();
  nats = new ManagedChild({
    name: 'nats',
    command: [binary, '-a', '127.0.0.1', '-p', String(port), '-js', '-sd', dir, ...args],
    cwd: '/',
    env: {},
    logFile: join(dir, 'nats.log'),
    stopSignal: 'SIGTERM',
  });
  expect(await waitUntilReady(nats, () => askServer({ port }, '', 'server_name'), 20_000)).toBe('ready');
  return `127.0.0.1:${port}`;
}

it('finds NATS with the user and the password of its URL, and not without', async () => {
  const at = await startNats('--user', 'me', '--pass', 's@cret');
  await checkNats(`nats://me:s%40cret@${at}`);
  for (const url of [`nats://${at}`, `nats://me:wrong@${at}`])
    await expect(checkNats(url)).rejects.toMatchObject({ message: expect.stringMatching(/NATS_URL.*Authorization/i) });
});

it('finds NATS with the token of its URL, and not without', async () => {
  const at = await startNats('--auth', 't0ken');
  await checkNats(`nats://t0ken@${at}`);
  await expect(checkNats(`nats://${at}`)).rejects.toMatchObject({ code: 'SERVICE_UNREACHABLE' });
});

it('says of a NATS that carries only short messages what it must carry', async () => {
  const settings = join(dir, 'nats.conf');
  await writeFile(settings, 'max_payload: 65536');
  const url = `nats://${await startNats('-c', settings)}`;
  await expect(checkNats(url)).rejects.toThrow(/NATS_URL.*max_payload is 65536 bytes and must be 1048576/);
});
