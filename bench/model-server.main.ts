import { ModelServer } from '@fiction/testing';
import { benchAnswer } from './answers';

/** The model server as a process of its own: `node model-server.main.js <latency ms>`; says its address in one line. */
async function serve(): Promise<void> {
  const server = await ModelServer.start({ answer: benchAnswer, latencyMs: Number(process.argv[2] ?? 0) });
  process.on('message', (message: { kind: 'calls' | 'reset' | 'latency'; latencyMs?: number }) => {
    if (message.kind === 'reset') server.reset();
    if (message.kind === 'latency') server.latencyMs = message.latencyMs ?? 0;
    const now = performance.now();
    process.send?.({ kind: message.kind, now, calls: message.kind === 'calls' ? server.calls : [] });
  });
  process.on('disconnect', () => process.exit(0));
  process.send?.({ kind: 'ready', baseUrl: server.baseUrl });
}

void serve();
