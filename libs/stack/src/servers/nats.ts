import { randomBytes, randomUUID } from 'node:crypto';
import { mkdir, rm, writeFile } from 'node:fs/promises';
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

const USER = 'fiction';
/** Who answers nothing for 20 s is gone. By default it takes minutes, and so long requests are sent to who does not get them. */
const NOTICE_DEAD_CLIENTS = 'ping_interval: "5s"\nping_max: 3\n';

export interface NatsOptions extends InstanceOptions {
  binary: string;
  /** Longest message in bytes, where that is not to be the usual one. */
  maxPayload?: number;
}

/** Starts a private NATS server with JetStream. It knows no sockets, so that strangers are kept out by a password. */
export async function startNats(options: NatsOptions): Promise<NatsInstance> {
  const name = `fiction-${randomUUID()}`;
  const password = randomBytes(24).toString('base64url');
  const settings = `${options.dir}.conf`;
  const prepare = async (): Promise<void> => {
    await mkdir(options.dir, { recursive: true });
    // Made anew, since a file that is there would keep its mode.
    await rm(settings, { force: true });
    const authorization = `authorization { user: "${USER}", password: "${password}" }\n`;
    const limit = options.maxPayload === undefined ? '' : `max_payload: ${options.maxPayload}\n`;
    await writeFile(settings, authorization + NOTICE_DEAD_CLIENTS + limit, { mode: 0o600 });
  };
  const make = (port: number): NatsInstance =>
    new NatsInstance({
      name: 'nats',
      url: `nats://${USER}:${password}@127.0.0.1:${port}`,
      address: { port },
      dir: options.dir,
      command: [
        options.binary,
        // Not among the words of the command, which everybody can read.
        ...['-c', settings],
        ...['-n', name, '-a', '127.0.0.1', '-p', String(port), '-js', '-sd', options.dir],
      ],
      stopSignal: 'SIGTERM',
      logFile: options.logFile ?? `${options.dir}.log`,
      pids: options.pids,
      prepare,
      probe: () => askServer({ port }, '', `"server_name":"${name}"`),
    });
  return startOnPort(options.port, make);
}
