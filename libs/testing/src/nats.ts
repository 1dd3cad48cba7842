import { findBinaries, machineLookup, startNats, type NatsInstance, type NatsOptions } from '@fiction/stack';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A NATS server of one test file. */
export interface TestNats {
  url: string;
  /** To kill, start again or wipe. */
  instance: NatsInstance;
  stop(): Promise<void>;
}

/**
 * Starts a NATS server. Streams and durable consumers have fixed names, so services of two test files would take each
 * other's messages on a shared one.
 */
export async function startTestNats(options: Pick<NatsOptions, 'maxPayload'> = {}): Promise<TestNats> {
  const binary = findBinaries(machineLookup(process.env.PATH ?? '')).found.natsServer;
  if (binary === undefined) throw new Error('nats-server is not on this machine');
  const dir = await mkdtemp(join(tmpdir(), 'fiction-nats-'));
  const instance = await startNats({ dir: join(dir, 'store'), logFile: join(dir, 'nats.log'), binary, ...options });
  return {
    url: instance.url,
    instance,
    stop: async () => {
      await instance.kill();
      await rm(dir, { recursive: true, force: true });
    },
  };
}
