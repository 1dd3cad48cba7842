import { setTimeout as sleep } from 'node:timers/promises';
import type { Address } from '../reach/address';
import { InstanceFailedError } from './instance-failed.error';
import { describeExit, ManagedChild } from '../processes/managed-child';
import type { PidRecord } from '../data/pid-record';
import type { SocketFolder } from './socket-folder';
import type { UnixUser } from './unix-user';
import { waitUntilReady } from '../reach/wait-until-ready';

const READY_WITHIN_MS = 60_000;
const STOP_WITHIN_MS = 15_000;
/** What passes by itself is waited for: this often, with this pause. */
const PASSING_TRIES = 25;
const PASSING_PAUSE_MS = 200;

/** The servers get no more of our environment than they need: it may hold keys. */
export const SERVER_ENV = { PATH: '/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin', LC_ALL: 'C' } as const;

/** What every kind of private server is started with. */
export interface InstanceOptions {
  /** Holds the server's data; made if it is not there. */
  dir: string;
  /** Of loopback. By default a Unix socket is made where the server and the machine can, else a free port is taken. */
  port?: number;
  /** Where the folder for its socket is made: where the system has its temporary files, by default. */
  socketsIn?: string;
  /** `<dir>.log` by default. */
  logFile?: string;
  pids?: PidRecord;
  /** Told in one line of anything a person may want to know. */
  log?: (line: string) => void;
}

/** How one server is run and asked whether it answers. */
export interface InstanceSpec {
  name: string;
  url: string;
  address: Address;
  dir: string;
  command: readonly [string, ...string[]];
  stopSignal: NodeJS.Signals;
  logFile: string;
  user?: UnixUser;
  pids?: PidRecord;
  /** Done before every start. */
  prepare?: () => Promise<void>;
  /** A minute by default. */
  readyWithinMs?: number;
  /** What the log says when the start fails for a reason that passes by itself. */
  passing?: RegExp;
  /** Lines of the log that do not say why a start has failed, such as of clients that come too early. */
  beside?: RegExp;
  /** Whether the server with this pid answers, and not another that sits on its address. */
  probe: (pid: number) => Promise<boolean>;
}

/** A server that belongs to us alone: it can be stopped, killed and started again on its address and data. */
export class PrivateInstance {
  /** Called when the server ends without having been told to. */
  onUnexpectedExit: ((how: string) => void) | undefined;
  private child: ManagedChild | undefined;

  constructor(protected readonly spec: InstanceSpec) {}

  get name(): string {
    return this.spec.name;
  }

  get url(): string {
    return this.spec.url;
  }

  /** `undefined` when it is reached by a socket. */
  get port(): number | undefined {
    return 'port' in this.spec.address ? this.spec.address.port : undefined;
  }

  /** Path of its Unix socket; `undefined` when it is reached by a port. */
  get socket(): string | undefined {
    return this.folder?.socket;
  }

  /** Where its data lies, which may not be the folder asked for (see `startPostgres`). */
  get dir(): string {
    return this.spec.dir;
  }

  /** The pid of the running server; `undefined` between a stop and the next start. */
  get pid(): number | undefined {
    return this.child?.running ? this.child.pid : undefined;
  }

  /**
   * Starts the server and waits until it answers; does nothing if it runs.
   * @throws {InstanceFailedError} when it ends first or does not answer in time
   */
  async start(): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.startOnce();
      } catch (error) {
        const passing = error instanceof InstanceFailedError && this.spec.passing?.test(error.logTail);
        if (!passing || attempt === PASSING_TRIES) throw error;
        await sleep(PASSING_PAUSE_MS);
      }
    }
  }

  private async startOnce(): Promise<void> {
    if (this.child?.running) return;
    await this.spec.prepare?.();
    await this.folder?.renew();
    const child = new ManagedChild({ ...this.spec, env: SERVER_ENV, cwd: '/', endsWithUs: true });
    this.child = child;
    const { readyWithinMs = READY_WITHIN_MS } = this.spec;
    let said = '';
    const probe = (): Promise<boolean> =>
      this.spec.probe(child.pid).catch((error: Error) => {
        said = `: ${error.message}`;
        return false;
      });
    const readiness = await waitUntilReady(child, probe, readyWithinMs);
    if (readiness === 'late') await child.kill();
    if (readiness !== 'ready') {
      const late = `did not answer within ${Math.round(readyWithinMs / 1_000)} s${said}`;
      const why = `it ${readiness === 'late' ? late : describeExit(await child.exited)}`;
      throw new InstanceFailedError(this.name, why, child.tail(undefined, this.spec.beside));
    }
    void child.exited.then((exit) => {
      if (this.child === child) this.onUnexpectedExit?.(describeExit(exit));
    });
  }

  /** Stops the server in good order, within 15 s. */
  async stop(): Promise<void> {
    const child = this.release();
    await child?.stop(STOP_WITHIN_MS);
    await this.folder?.remove();
  }

  /** Ends the server as a power cut would. */
  async kill(): Promise<void> {
    const child = this.release();
    await child?.kill();
    await this.folder?.remove();
  }

  /** Stops the server if it runs, and starts it on the same address and data. */
  async restart(): Promise<void> {
    await this.stop();
    await this.start();
  }

  private get folder(): SocketFolder | undefined {
    return 'folder' in this.spec.address ? this.spec.address.folder : undefined;
  }

  /** From here on its end is expected. */
  private release(): ManagedChild | undefined {
    const child = this.child;
    this.child = undefined;
    return child;
  }
}
