import { TestSystem } from '@fiction/testing';
import { resolve } from 'node:path';
import { ForkedProcess } from '../forked-process';
import type { Call } from '../list-schedule';
import { ModelProcess } from '../model-process';
import { usageOf, usageOfTree } from '../processor-time';

const ROOT = resolve(__dirname, '..', '..', '..');
const BOOK_LIMIT_MS = 130_000;
/** As our services have it. */
const YOUNG_GENERATION = '--max-semi-space-size=32';

export interface ByHandOptions {
  latencyMs: number;
  /** Model calls at once. */
  slots: number;
  /** Written before by the same process, unmeasured. */
  before: Call[][];
  /** Written and measured, one after the other. */
  books: Call[][];
}

export interface WovenByHand {
  wallMs: number;
  callsASecond: number;
  /** Processor time of a call, of all processes but the model server, in milliseconds. */
  cpuMsOfCall: number;
}

/** Writes books with the peer, on servers as ours have them, and measures it. */
export async function weaveByHand({ latencyMs, slots, before, books }: ByHandOptions): Promise<WovenByHand[]> {
  const model = await ModelProcess.start(latencyMs);
  const system = await TestSystem.start({ root: ROOT, onlyServers: true, durable: true });
  const reach = [system.postgres.url, system.redis.url, model.baseUrl, String(slots)];
  const peer = new ForkedProcess('peer/peer.main.js', reach, [YOUNG_GENERATION]);
  const write = async (calls: Call[]): Promise<number> => {
    const written = peer.next<{ wallMs: number }>('written', BOOK_LIMIT_MS);
    peer.send({ kind: 'write', calls });
    return (await written).wallMs;
  };
  const cpuMs = async (): Promise<number> => {
    const used = [usageOf(peer.pid), usageOfTree(system.postgres.pid!), usageOf(system.redis.pid!)];
    return (await Promise.all(used)).reduce((total, one) => total + one.cpuMs, 0);
  };
  try {
    await peer.next('ready');
    for (const calls of before) await write(calls);
    const woven: WovenByHand[] = [];
    for (const calls of books) {
      const used = await cpuMs();
      const wallMs = await write(calls);
      const cpuMsOfCall = ((await cpuMs()) - used) / calls.length;
      woven.push({ wallMs, callsASecond: calls.length / (wallMs / 1000), cpuMsOfCall });
    }
    const made = (await model.calls()).calls.length;
    const once = [...before, ...books].flat().length;
    if (made !== once) throw new Error(`the peer made ${made} calls, not ${once}`);
    return woven;
  } finally {
    await peer.stop();
    await model.stop();
    await system.stop();
  }
}
