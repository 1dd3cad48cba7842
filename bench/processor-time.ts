import { readdir, readFile } from 'node:fs/promises';

/** Clock ticks of /proc, in milliseconds. */
const TICK_MS = 10;

/** Processor time a process and its ended children have used, in milliseconds; and its resident memory, in MB. */
export async function usageOf(pid: number): Promise<{ cpuMs: number; residentMb: number }> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const [user, system, childUser, childSystem] = [11, 12, 13, 14].map((index) => Number(fields[index]));
  const residentMb = (Number(fields[21]) * 4_096) / 1_048_576;
  return { cpuMs: (user! + system! + childUser! + childSystem!) * TICK_MS, residentMb };
}

/** The same for a process and all its living children, as PostgreSQL has them. */
export async function usageOfTree(pid: number): Promise<{ cpuMs: number; residentMb: number }> {
  let total = await usageOf(pid);
  for (const entry of await readdir('/proc')) {
    if (!/^\d+$/.test(entry)) continue;
    const status = await readFile(`/proc/${entry}/stat`, 'utf8').catch(() => '');
    if (Number(status.slice(status.lastIndexOf(')') + 2).split(' ')[1]) !== pid) continue;
    const child = await usageOf(Number(entry)).catch(() => ({ cpuMs: 0, residentMb: 0 }));
    total = { cpuMs: total.cpuMs + child.cpuMs, residentMb: total.residentMb + child.residentMb };
  }
  return total;
}
