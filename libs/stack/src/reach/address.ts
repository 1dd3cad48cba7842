import { tmpdir } from 'node:os';
import { freePort } from './free-port';
import { InstanceFailedError } from '../servers/instance-failed.error';
import type { InstanceOptions, PrivateInstance } from '../servers/private-instance';
import { SocketFolder, type SocketFolderOptions } from '../servers/socket-folder';

/** Where a private server is reached: by a Unix socket, or by a port on loopback. */
export type Address = { folder: SocketFolder } | { port: number };

/** What PostgreSQL and Redis say then. Their logs also tell of sockets that were made. */
const NO_SOCKET = /could not [^\n]*unix|opening unix socket|unix-domain socket path/i;
const TAKEN = /address already in use/i;

/**
 * Starts a server on a Unix socket: a question over it costs half the processor time of one over TCP, and only we can
 * ask. Where that cannot be, or `port` is given, it is started on a port.
 */
export async function startOnSocket<T extends PrivateInstance>(
  { port, dir, socketsIn }: Pick<InstanceOptions, 'port' | 'dir' | 'socketsIn'>,
  socket: Pick<SocketFolderOptions, 'file' | 'user'>,
  make: (address: Address) => T,
): Promise<T> {
  const wanted = { ...socket, link: `${dir}.sockets`, parent: socketsIn ?? tmpdir() };
  const folder = port === undefined ? await SocketFolder.make(wanted) : undefined;
  if (folder === undefined) return startOnPort(port, (at) => make({ port: at }));
  const instance = make({ folder });
  try {
    await instance.start();
    return instance;
  } catch (error) {
    await folder.remove();
    if (!(error instanceof InstanceFailedError && NO_SOCKET.test(error.logTail))) throw error;
    return startOnPort(port, (at) => make({ port: at }));
  }
}

/** Starts a server on `port`, or on a free one: on another if the first turned out to be taken. */
export async function startOnPort<T extends PrivateInstance>(
  port: number | undefined,
  make: (port: number) => T,
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    const instance = make(port ?? (await freePort()));
    try {
      await instance.start();
      return instance;
    } catch (error) {
      const taken = error instanceof InstanceFailedError && TAKEN.test(error.logTail);
      if (port !== undefined || !taken || attempt === 3) throw error;
    }
  }
}
