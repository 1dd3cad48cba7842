import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { processIdentity } from '../processes/process-identity';

/** One process we started, as it is written down. */
export interface RecordedProcess {
  name: string;
  pid: number;
  identity: string;
  stopSignal: NodeJS.Signals;
}

/**
 * The processes a launcher has started, in a file that outlives it: when it is killed with -9, the next start
 * stops what is left. Writes are synchronous, so that no process is ever running and not written down.
 */
export class PidRecord {
  private entries: RecordedProcess[] = [];

  constructor(private readonly file: string) {}

  /** @throws when it cannot be written down: then the process must not go on */
  add(name: string, pid: number, stopSignal: NodeJS.Signals): void {
    const identity = processIdentity(pid);
    if (!identity) return;
    this.entries.push({ name, pid, identity, stopSignal });
    this.write();
  }

  /** Where that cannot be written, as on a full disk, what is left in the file names a process that is gone: no harm. */
  remove(pid: number): void {
    this.entries = this.entries.filter((entry) => entry.pid !== pid);
    try {
      this.write();
    } catch {
      // This is called as processes end, when nobody could do better.
    }
  }

  /** Ends at once, without waiting, whatever is still running; for the way out when nothing else worked. */
  killAllNow(): void {
    for (const { pid } of this.entries.filter(isStillThatProcess)) signal(pid, 'SIGKILL');
  }

  /**
   * Stops what an earlier launcher left behind and says what it was. Services go first, then the servers they
   * use; each gets `graceMs` before SIGKILL. A pid that now belongs to another process is left alone.
   */
  async stopLeftovers(graceMs = 10_000): Promise<string[]> {
    const left = readEntries(this.file).filter(isStillThatProcess).reverse();
    for (const entry of left) signal(entry.pid, entry.stopSignal);
    const deadline = Date.now() + graceMs;
    while (left.some(isStillThatProcess) && Date.now() < deadline) await sleep(50);
    for (const entry of left.filter(isStillThatProcess)) signal(entry.pid, 'SIGKILL');
    while (left.some(isStillThatProcess) && Date.now() < deadline + 5_000) await sleep(20);
    this.write();
    return left.map(({ name }) => name);
  }

  private write(): void {
    if (this.entries.length === 0) return rmSync(this.file, { force: true });
    const next = `${this.file}.next`;
    writeFileSync(next, `${JSON.stringify(this.entries, null, 2)}\n`);
    renameSync(next, this.file);
  }
}

function readEntries(file: string): RecordedProcess[] {
  try {
    const parsed: unknown = JSON.parse(readFileSync(file, 'utf8'));
    return Array.isArray(parsed) ? (parsed as RecordedProcess[]) : [];
  } catch {
    return [];
  }
}

function isStillThatProcess({ pid, identity }: RecordedProcess): boolean {
  return processIdentity(pid) === identity;
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // It ended in between, which is what was wanted.
  }
}
