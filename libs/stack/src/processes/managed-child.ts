import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, existsSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { openLog, tailOf } from '../servers/log-file';
import type { PidRecord } from '../data/pid-record';
import type { UnixUser } from '../servers/unix-user';

/** How a process ended: a status, a signal, or that it could not be started at all. */
export interface Exit {
  status: number | null;
  signal: NodeJS.Signals | null;
  error?: Error;
}

/** What to run and how. */
export interface ChildOptions {
  name: string;
  command: readonly [string, ...string[]];
  cwd: string;
  logFile: string;
  env: Readonly<Record<string, string | undefined>>;
  /** The signal that asks it to end in good order. */
  stopSignal: NodeJS.Signals;
  user?: UnixUser;
  pids?: PidRecord;
  /** Has the kernel send it `stopSignal` when we die, where the kernel can (Linux). */
  endsWithUs?: boolean;
}

/**
 * A process of ours. It is in a process group of its own, so that Ctrl-C in the terminal reaches the launcher
 * alone, which then stops everything in the right order.
 */
export class ManagedChild {
  readonly exited: Promise<Exit>;
  readonly pid: number = -1;
  private exit: Exit | undefined;
  private readonly logOffset: number = 0;
  private tellExit!: (exit: Exit) => void;

  /** A process that cannot be started, or not be written down, has ended with the error. */
  constructor(private readonly options: ChildOptions) {
    this.exited = new Promise((resolve) => (this.tellExit = resolve));
    let child: ChildProcess | undefined;
    try {
      const { descriptor, offset } = openLog(options.logFile);
      this.logOffset = offset;
      try {
        child = this.spawn(descriptor);
      } finally {
        closeSync(descriptor);
      }
      this.pid = child.pid ?? -1;
      if (child.pid) options.pids?.add(options.name, child.pid, options.stopSignal);
    } catch (error) {
      // Nobody else would ever end it.
      child?.kill('SIGKILL');
      this.end({ status: null, signal: null, error: error as Error });
    }
  }

  get running(): boolean {
    return this.exit === undefined;
  }

  /** Sends a signal; does nothing when the process has ended. */
  signal(name: NodeJS.Signals): void {
    if (!this.running || this.pid < 0) return;
    try {
      process.kill(this.pid, name);
    } catch {
      // It ended in between.
    }
  }

  /** Asks the process to end and, after `graceMs`, ends it. */
  async stop(graceMs: number): Promise<void> {
    this.signal(this.options.stopSignal);
    const timer = new AbortController();
    const late = sleep(graceMs, 'late' as const, { signal: timer.signal }).catch(() => undefined);
    const outcome = await Promise.race([this.exited, late]);
    timer.abort();
    if (outcome === 'late') await this.kill();
  }

  async kill(): Promise<void> {
    this.signal('SIGKILL');
    await this.exited;
  }

  /** The end of what this process, not an earlier one, has logged, without the lines that `beside` fits. */
  tail(lines = 15, beside?: RegExp): string {
    if (beside === undefined) return tailOf(this.options.logFile, lines, this.logOffset);
    const all = tailOf(this.options.logFile, Infinity, this.logOffset).split('\n');
    return all
      .filter((line) => !beside.test(line))
      .slice(-lines)
      .join('\n');
  }

  private spawn(descriptor: number): ChildProcess {
    const { options } = this;
    const [file, ...args] = withParentDeathSignal(options);
    const child = spawn(file, args, {
      cwd: options.cwd,
      env: { ...options.env },
      stdio: ['ignore', descriptor, descriptor],
      detached: true,
      uid: options.user?.uid,
      gid: options.user?.gid,
    });
    child.once('error', (error) => this.end({ status: null, signal: null, error }));
    child.once('exit', (status, signal) => this.end({ status, signal }));
    return child;
  }

  private end(exit: Exit): void {
    if (this.exit) return;
    this.exit = exit;
    this.options.pids?.remove(this.pid);
    this.tellExit(exit);
  }
}

/** How a process ended, in words. */
export function describeExit({ status, signal, error }: Exit): string {
  if (error) return `could not be started (${error.message})`;
  return signal ? `was ended by ${signal}` : `ended with status ${status}`;
}

const SETPRIV = '/usr/bin/setpriv';

function withParentDeathSignal({ command, endsWithUs, stopSignal }: ChildOptions): readonly [string, ...string[]] {
  if (!endsWithUs || process.platform !== 'linux' || !existsSync(SETPRIV)) return command;
  return [SETPRIV, '--pdeathsig', stopSignal.replace('SIG', ''), ...command];
}
