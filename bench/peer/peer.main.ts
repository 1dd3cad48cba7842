import type { Call } from '../list-schedule';
import { HandWorker } from './hand-worker';

/** The peer as a process of its own: `node peer.main.js <database> <redis> <model> <calls at once>`; writes the books it is told to. */
async function serve(): Promise<void> {
  const [databaseUrl, redisUrl, modelUrl, slots] = process.argv.slice(2) as [string, string, string, string];
  const worker = new HandWorker({ databaseUrl, redisUrl, modelUrl, slots: Number(slots) });
  process.on('disconnect', () => process.exit(0));
  await worker.start();
  process.on('message', ({ calls }: { calls: Call[] }) => {
    worker.write(calls).then((wallMs) => void process.send?.({ kind: 'written', wallMs }), giveUp);
  });
  process.send?.({ kind: 'ready' });
}

function giveUp(error: unknown): void {
  console.error(error);
  process.exit(1);
}

serve().catch(giveUp);
