import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { basename, join } from 'node:path';

/** Whoever is asked answers from memory. */
const ANSWER_LIMIT_MS = 60_000;
const STOP_LIMIT_MS = 5_000;

/** A process of the bench: told things, asked things. It ends when its channel does. */
export class ForkedProcess {
  private readonly name: string;
  private readonly child: ChildProcess;

  /** @param main Compiled file, from this folder */
  constructor(main: string, args: string[], execArgv: string[] = []) {
    this.name = basename(main, '.main.js');
    this.child = fork(join(__dirname, main), args, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'], execArgv });
  }

  get pid(): number {
    return this.child.pid!;
  }

  send<T extends { kind: string }>(message: T): void {
    this.child.send(message);
  }

  /** Returns when it is gone, lest it miss the servers that are stopped next. */
  async stop(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const gone = once(this.child, 'exit');
    if (this.child.connected) this.child.disconnect();
    const late = setTimeout(() => this.child.kill('SIGKILL'), STOP_LIMIT_MS);
    await gone;
    clearTimeout(late);
  }

  /** The next message of a kind. */
  next<T>(kind: string, withinMs = ANSWER_LIMIT_MS): Promise<T> {
    return new Promise((done, failed) => {
      const settle = (): void => {
        clearTimeout(timer);
        this.child.off('message', heed).off('exit', gone);
      };
      const fail = (why: string): void => {
        settle();
        failed(new Error(`${this.name} ${why} before it said "${kind}"`));
      };
      const heed = (message: { kind: string }): void => {
        if (message.kind !== kind) return;
        settle();
        done(message as T);
      };
      const gone = (): void => fail('ended');
      const timer = setTimeout(() => fail(`took longer than ${withinMs} ms`), withinMs);
      this.child.on('message', heed).on('exit', gone);
    });
  }
}
