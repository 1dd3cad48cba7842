import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** A way to a PostgreSQL server that a test can cut, or stop up, and clear again. */
export async function severable(url: string) {
  const sockets = new Set<Socket>();
  let state: 'open' | 'cut' | 'stopped' = 'open';
  const { hostname, port } = new URL(url);
  const host = decodeURIComponent(hostname);
  const isFolder = host.startsWith('/');
  const server = createServer((near) => {
    if (state === 'cut') return void near.destroy();
    const far = isFolder ? connect(`${host}/.s.PGSQL.${port}`) : connect(Number(port), host);
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on('error', () => undefined).on('close', () => void sockets.delete(socket));
    }
    near.on('close', () => far.destroy());
    far.on('close', () => near.destroy());
    near.pipe(far).pipe(near);
    if (state === 'stopped') near.pause();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const through = new URL(url);
  through.hostname = '127.0.0.1';
  through.port = String((server.address() as AddressInfo).port);
  return {
    url: through.toString(),
    /** Ends every connection and takes no new one. */
    cut: () => {
      state = 'cut';
      for (const socket of sockets) socket.destroy();
    },
    /** Carries nothing more, and lets nobody know. */
    stop: () => {
      state = 'stopped';
      for (const socket of sockets) socket.pause();
    },
    mend: () => {
      state = 'open';
      for (const socket of sockets) socket.resume();
    },
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
