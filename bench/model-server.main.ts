import { BenchModelServer } from './model-server';

/** The model server as a process of its own: `node model-server.main.js <latency ms>`; says its address, and its calls when asked. */
async function serve(): Promise<void> {
  const server = new BenchModelServer(Number(process.argv[2] ?? 0));
  const baseUrl = await server.start();
  process.on('message', () => process.send?.({ kind: 'calls', now: performance.now(), calls: server.calls }));
  process.on('disconnect', () => process.exit(0));
  process.send?.({ kind: 'ready', baseUrl });
}

void serve();
