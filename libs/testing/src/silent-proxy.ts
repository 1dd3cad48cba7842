import { connect, createServer, type AddressInfo, type NetConnectOpts, type Server, type Socket } from 'node:net';

/** A connection, from us to the proxy and on to the server. */
interface Way {
  near: Socket;
  far: Socket;
  silent: boolean;
}

/**
 * A way to a server that can fall silent, as with a firewall that forgets its connections: nobody is told that they are gone.
 * What is connected afterwards gets through.
 */
export class SilentProxy {
  private readonly ways = new Set<Way>();
  private readonly server: Server;

  private constructor(
    private readonly there: URL,
    target: NetConnectOpts,
  ) {
    this.server = createServer((near) => this.join({ near, far: connect(target), silent: false }));
  }

  /** @param url of a PostgreSQL, Redis or NATS, by a port or a Unix socket */
  static async before(url: string): Promise<SilentProxy> {
    const there = new URL(url);
    const proxy = new SilentProxy(there, targetOf(there));
    await new Promise<void>((resolve) => proxy.server.listen(0, '127.0.0.1', resolve));
    return proxy;
  }

  /** The server's, by way of the proxy. */
  get url(): string {
    const { port } = this.server.address() as AddressInfo;
    if (this.there.protocol === 'unix:') return `redis://127.0.0.1:${port}`;
    const here = new URL(this.there);
    here.host = `127.0.0.1:${port}`;
    return here.toString();
  }

  /** How many connections there are through which something gets. */
  get open(): number {
    return [...this.ways].filter(({ silent }) => !silent).length;
  }

  /** From here on nothing gets through what is connected now; with `toldThere` the server hears that it is gone. */
  fallSilent({ toldThere = false } = {}): void {
    for (const way of this.ways) {
      way.silent = true;
      if (toldThere) way.far.destroy();
    }
  }

  async stop(): Promise<void> {
    for (const { near, far } of this.ways) for (const socket of [near, far]) socket.destroy();
    await new Promise<void>((resolve) => this.server.close(() => resolve()));
  }

  private join(way: Way): void {
    this.ways.add(way);
    pass(way, way.near, way.far);
    pass(way, way.far, way.near);
  }
}

function pass(way: Way, from: Socket, to: Socket): void {
  from.on('error', () => undefined);
  from.on('data', (bytes) => void (way.silent || to.write(bytes)));
  from.on('close', () => void (way.silent || to.destroy()));
}

function targetOf({ protocol, hostname, pathname, port }: URL): NetConnectOpts {
  if (protocol === 'unix:') return { path: decodeURIComponent(pathname) };
  const host = decodeURIComponent(hostname);
  return host.startsWith('/') ? { path: `${host}/.s.PGSQL.${port}` } : { host, port: Number(port) };
}
