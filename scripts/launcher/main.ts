import { StackError } from '@fiction/stack';
import { launch } from './launch';
import { GatewayProblemError } from './gateway/gateway-problem.error';
import { LaunchError } from './launch.error';
import { Screen } from './screen/screen';
import type { StartOptions } from './start-options';

/** npm hands a Ctrl-C on, so the process gets two at once; only a later one is a person's second. */
const SECOND_AFTER_MS = 1_000;

class InterruptedError extends Error {}

/** Runs a start to its end, with the terminal's signals, and ends the process with its status. */
export async function main(options: StartOptions): Promise<void> {
  // A reader that went away (`npm start | head`) is no reason to leave things running unstopped.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
  const stopping = new AbortController();
  listenForSignals(stopping);
  if (process.env.npm_lifecycle_event) stopWithParent(stopping);
  const screen = new Screen(process.stdout);
  try {
    process.exitCode = await launch({ ...options, env: process.env, screen, stopped: stopping.signal });
  } catch (error) {
    if (stopping.signal.aborted) {
      // Stopping a system that serves is how it ends; a book that was waited for has not been made.
      process.exitCode = options.exit ? 130 : 0;
    } else {
      screen.settle();
      const isExpected =
        error instanceof LaunchError || error instanceof StackError || error instanceof GatewayProblemError;
      console.error(`\n${isExpected ? error.message : (error as Error).stack}`);
      process.exitCode = 1;
    }
  }
  process.exit();
}

/** npm killed with -9 can hand nothing on; without it, nobody could stop us any more with Ctrl-C. */
function stopWithParent(stopping: AbortController): void {
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) stopping.abort(new InterruptedError('npm is gone'));
  }, 1_000).unref();
}

function listenForSignals(stopping: AbortController): void {
  let firstAt: number | undefined;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      firstAt ??= Date.now();
      if (Date.now() - firstAt > SECOND_AFTER_MS) process.exit(130);
      stopping.abort(new InterruptedError(signal));
    });
  }
}
