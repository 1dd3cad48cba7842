import { mkdir } from 'node:fs/promises';
import { type Address, startOnSocket } from '../reach/address';
import { askServer } from '../reach/ask-server';
import { type InstanceOptions, PrivateInstance } from './private-instance';

/** A private Redis that keeps nothing on disk: PostgreSQL remembers, Redis only carries. */
export async function startRedis(options: InstanceOptions & { binary: string }): Promise<PrivateInstance> {
  await mkdir(options.dir, { recursive: true });
  const make = (address: Address): PrivateInstance =>
    new PrivateInstance({
      name: 'redis',
      url: 'folder' in address ? `unix://${address.folder.socket}` : `redis://127.0.0.1:${address.port}`,
      address,
      dir: options.dir,
      command: [
        options.binary,
        ...where(address),
        ...['--dir', options.dir],
        ...['--save', '', '--appendonly', 'no', '--daemonize', 'no', '--maxmemory-policy', 'noeviction'],
      ],
      stopSignal: 'SIGTERM',
      logFile: options.logFile ?? `${options.dir}.log`,
      pids: options.pids,
      probe: (pid) => askServer(address, 'INFO server\r\n', `process_id:${pid}\r\n`),
    });
  return startOnSocket(options, { file: 'redis.sock' }, make);
}

function where(address: Address): string[] {
  if ('folder' in address) return ['--port', '0', '--unixsocket', address.folder.socket, '--unixsocketperm', '700'];
  return ['--bind', '127.0.0.1', '--port', String(address.port)];
}
