import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';

const handedOut = new Set<number>();

/**
 * A loopback port nobody listens on and this process has not handed out before. It lies below the range the
 * kernel takes for outgoing connections: a client that retries while its server restarts could otherwise be given
 * the server's own port, connect to itself and keep the server from coming back.
 */
export async function freePort(): Promise<number> {
  const highest = Math.max(12_000, lowestEphemeralPort() - 1);
  for (let attempt = 0; attempt < 200; attempt++) {
    const port = 10_000 + Math.floor(Math.random() * (highest - 10_000));
    if (handedOut.has(port) || !(await isPortFree(port))) continue;
    handedOut.add(port);
    return port;
  }
  throw new Error('no free port found');
}

/** The first free port from `first` on, within `tries` ports; `undefined` if all are taken. */
export async function nextFreePort(first: number, tries = 100): Promise<number | undefined> {
  for (let port = first; port < first + tries && port <= 65_535; port++) {
    if (await isPortFree(port)) return port;
  }
  return undefined;
}

/** Whether this process may listen on the port, on loopback and (where another server may sit) on all addresses. */
export async function isPortFree(port: number): Promise<boolean> {
  return (await canListen(port, '127.0.0.1')) && (await canListen(port, '0.0.0.0'));
}

function canListen(port: number, host: string): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(true)));
  });
}

function lowestEphemeralPort(): number {
  try {
    return Number(readFileSync('/proc/sys/net/ipv4/ip_local_port_range', 'utf8').split(/\s+/)[0]) || 32_768;
  } catch {
    return 49_152;
  }
}
