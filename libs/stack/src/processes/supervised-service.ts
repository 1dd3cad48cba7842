import { setTimeout as sleep } from 'node:timers/promises';
import { describeExit, ManagedChild } from './managed-child';
import type { PidRecord } from '../data/pid-record';
import { probeHttp } from '../reach/probe-http';
import type { ServiceCommand } from './service-command';
import { ServiceFailedError } from './service-failed.error';
import { waitUntilReady } from '../reach/wait-until-ready';

const BACKOFF_MS = [0, 100, 500, 2_000, 5_000];

/** What happens to a service, as it happens. */
export type ServiceEvent =
  | { kind: 'ready'; name: string; port: number; pid: number; tookMs: number; starts: number }
  | { kind: 'exited'; name: string; how: string; restartInMs: number | undefined };

/** How much of a log is shown to a person. */
const LAST_LINES = 15;

/** A busy machine starts seven services in a minute, and a new version may first have to write a long book's tables anew. */
const READY_WITHIN_MS = 300_000;

/** How services are looked after. */
export interface SupervisionOptions {
  cwd: string;
  logFile: (name: string) => string;
  pids?: PidRecord;
  /** Start again what ends by itself; on by default. */
  restart?: boolean;
  readyWithinMs?: number;
  /** Between SIGTERM and SIGKILL. */
  graceMs?: number;
  /** A service that ends this often before it was ever ready is given up. */
  failedStarts?: number;
  onEvent?: (event: ServiceEvent) => void;
}

/** One service process and its successors: started, waited for, started again when it ends unasked. */
export class SupervisedService {
  private child: ManagedChild | undefined;
  private starts = 0;
  private everReady = false;
  private wanted = false;
  private ready = deferred();
  private loop: Promise<void> = Promise.resolve();
  private pause = new AbortController();

  constructor(
    readonly command: ServiceCommand,
    private readonly options: SupervisionOptions,
  ) {}

  get pid(): number | undefined {
    return this.child?.running ? this.child.pid : undefined;
  }

  /** How many processes there have been, the present one included. */
  get startCount(): number {
    return this.starts;
  }

  /** Starts the process unless it is wanted already, and waits until it is ready. */
  async start(): Promise<void> {
    if (!this.wanted) {
      this.wanted = true;
      this.everReady = false;
      this.pause = new AbortController();
      this.ready = deferred();
      this.loop = this.supervise();
    }
    await this.ready.promise;
  }

  /**
   * Waits for the present process, or the one that will follow it, to be ready.
   * @throws {ServiceFailedError} when it is given up or stopped
   */
  async whenReady(): Promise<void> {
    await this.ready.promise;
  }

  /** SIGTERM, then SIGKILL after the grace period; it is not started again. */
  async stop(): Promise<void> {
    this.unwant();
    await this.child?.stop(this.options.graceMs ?? 10_000);
    await this.loop;
  }

  /** SIGKILL. Returns when the process is gone; a successor follows unless restarting is off. */
  async kill(): Promise<void> {
    if (this.options.restart === false) this.unwant();
    await this.child?.kill();
  }

  signal(name: NodeJS.Signals): void {
    this.child?.signal(name);
  }

  private unwant(): void {
    this.wanted = false;
    this.pause.abort();
    this.ready.reject(this.failure('was stopped'));
  }

  private async supervise(): Promise<void> {
    for (let failures = 0; this.wanted;) {
      const { child, isReady, failure } = await this.startOnce();
      if (isReady) failures = 0;
      else if (this.wanted && (failure || ++failures >= (this.options.failedStarts ?? 3)) && !this.everReady) {
        const how = failure ?? `${describeExit(await child.exited)}, ${failures} times in a row while starting`;
        this.wanted = false;
        this.ready.reject(this.failure(how, child));
        return;
      }
      const exit = await child.exited;
      if (isReady) this.ready = deferred();
      const again = this.wanted && this.options.restart !== false;
      const delayMs = BACKOFF_MS[Math.min(failures, BACKOFF_MS.length - 1)]!;
      this.report({
        kind: 'exited',
        name: this.command.name,
        how: describeExit(exit),
        restartInMs: again ? delayMs : undefined,
      });
      if (!again) return this.unwant();
      await sleep(delayMs, undefined, { signal: this.pause.signal }).catch(() => undefined);
    }
  }

  private async startOnce(): Promise<{ child: ManagedChild; isReady: boolean; failure?: string }> {
    const { name, port, command, env } = this.command;
    const { cwd, pids, logFile, readyWithinMs = READY_WITHIN_MS } = this.options;
    const startedAt = Date.now();
    const child = new ManagedChild({ name, command, env, cwd, pids, logFile: logFile(name), stopSignal: 'SIGTERM' });
    this.child = child;
    this.starts++;
    const readiness = await waitUntilReady(child, () => probeHttp(port, '/readyz'), readyWithinMs);
    if (readiness === 'late') {
      await child.kill();
      return { child, isReady: false, failure: `was not ready within ${Math.round(readyWithinMs / 1_000)} s` };
    }
    if (readiness === 'exited') return { child, isReady: false };
    this.everReady = true;
    this.report({ kind: 'ready', name, port, pid: child.pid, tookMs: Date.now() - startedAt, starts: this.starts });
    this.ready.resolve();
    return { child, isReady: true };
  }

  private failure(how: string, child?: ManagedChild): ServiceFailedError {
    const { name } = this.command;
    return new ServiceFailedError(name, how, this.options.logFile(name), child && lastWords(child, name));
  }

  private report(event: ServiceEvent): void {
    this.options.onEvent?.(event);
  }
}

/**
 * The sentence with which a service, or Node.js for it (as when its heap is full), gives up, without the trace and the records
 * around it; else the end of its log.
 */
function lastWords(child: ManagedChild, name: string): string {
  const lines = child.tail(60).split('\n');
  const at = lines.findLastIndex((line) => line.startsWith(`${name.split('#')[0]}: `));
  if (at < 0) return lines.findLast((line) => line.startsWith('FATAL ERROR: ')) ?? lines.slice(-LAST_LINES).join('\n');
  const end = lines.findIndex((line, i) => i > at && /^\{"|^ +at /.test(line));
  return lines.slice(at, end < 0 ? undefined : end).join('\n');
}

interface Deferred {
  promise: Promise<void>;
  resolve: () => void;
  reject: (error: Error) => void;
}

function deferred(): Deferred {
  let resolve!: () => void;
  let reject!: (error: Error) => void;
  const promise = new Promise<void>((yes, no) => {
    resolve = yes;
    reject = no;
  });
  // Nobody may be waiting when it fails; whoever waits later still hears of it.
  promise.catch(() => undefined);
  return { promise, resolve, reject };
}
