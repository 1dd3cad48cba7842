import { randomUUID } from 'node:crypto';
import { mkdir, rm } from 'node:fs/promises';
import { startOnPort } from '../reach/address';
import { askServer } from '../reach/ask-server';
import { type InstanceOptions, PrivateInstance } from './private-instance';

/** A private NATS server with JetStream, whose store can be thrown away. */
export class NatsInstance extends PrivateInstance {
  /** Ends the server, deletes its JetStream store, and starts it again on the same port: all streams are gone. */
  async wipe(): Promise<void> {
    await this.kill();
    await rm(this.dir, { recursive: true, force: true });
    await this.start();
  }
}

/** Starts a private NATS server with JetStream. */
export async function startNats(options: InstanceOptions & { binary: string }): Promise<NatsInstance> {
  const name = `fiction-${randomUUID()}`;
  const make = (port: number): NatsInstance =>
    new NatsInstance({
      name: 'nats',
      url: `nats://127.0.0.1:${port}`,
      address: { port },
      dir: options.dir,
      command: [options.binary, '-n', name, '-a', '127.0.0.1', '-p', String(port), '-js', '-sd', options.dir],
      stopSignal: 'SIGTERM',
      logFile: options.logFile ?? `${options.dir}.log`,
      pids: options.pids,
      prepare: async () => void (await mkdir(options.dir, { recursive: true })),
      probe: () => askServer({ port }, '', `"server_name":"${name}"`),
    });
  return startOnPort(options.port, make);
}
