import { mkdir } from 'node:fs/promises';
import { askTcp } from './ask-tcp';
import { freePort } from './free-port';
import { type InstanceOptions, PrivateInstance, startOnPort } from './private-instance';

/** A private Redis that keeps nothing on disk: PostgreSQL remembers, Redis only carries. */
export async function startRedis(options: InstanceOptions & { binary: string }): Promise<PrivateInstance> {
  await mkdir(options.dir, { recursive: true });
  const make = (port: number): PrivateInstance =>
    new PrivateInstance({
      name: 'redis',
      url: `redis://127.0.0.1:${port}`,
      port,
      dir: options.dir,
      command: [
        options.binary,
        ...['--bind', '127.0.0.1', '--port', String(port), '--dir', options.dir],
        ...['--save', '', '--appendonly', 'no', '--daemonize', 'no', '--maxmemory-policy', 'noeviction'],
      ],
      stopSignal: 'SIGTERM',
      logFile: options.logFile ?? `${options.dir}.log`,
      pids: options.pids,
      probe: (pid) => askTcp(port, 'INFO server\r\n', `process_id:${pid}\r\n`),
    });
  return startOnPort(options.port, freePort, make);
}
