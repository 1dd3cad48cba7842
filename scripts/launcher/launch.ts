import { DataFolder, explainRefusal, ProcessGroup, type ServiceEvent, type Stack, startStack } from '@fiction/stack';
import { existsSync } from 'node:fs';
import { bootstrapToken } from './gateway/bootstrap-token';
import { checkStart } from './check-start';
import { formatCount } from './screen/format';
import { GatewayClient } from './gateway/gateway-client';
import { GatewayProblemError } from './gateway/gateway-problem.error';
import { LaunchError } from './launch.error';
import type { ChosenBrief } from './plans/choose-plan';
import type { Screen } from './screen/screen';
import { compiledServices, GATEWAY_PORT, gatewayPort, type ServiceCommands } from './services';
import type { StartOptions } from './start-options';
import { weave } from './weave';

/** A start and its surroundings. */
export interface LaunchOptions extends StartOptions {
  env: Readonly<Record<string, string | undefined>>;
  screen: Screen;
  /** Aborted by Ctrl-C: everything is stopped in good order. */
  stopped: AbortSignal;
  services?: ServiceCommands;
}

/**
 * Brings the whole system up, follows one book, and serves until told to stop (or, with `exit`, until the book is
 * finished). Whatever happens, it leaves no process and no lock; what cannot begin leaves nothing at all.
 * @returns the exit status: 0, or 1 when `exit` is set and the book did not become complete
 */
export async function launch(options: LaunchOptions): Promise<number> {
  const digest = checkStart(options, serviceEnv(options));
  // In a folder that is there, whoever has the port may be what an earlier run has left.
  if (!existsSync(options.dataDir)) await gatewayPort(options.port);
  const explain = (error: unknown): never => {
    throw explainRefusal(error, options.dataDir);
  };
  const folder = await DataFolder.open(options.dataDir).catch(explain);
  const lastResort = (): void => {
    folder.pids.killAllNow();
    folder.release();
  };
  process.on('exit', lastResort);
  try {
    return await launchIn(folder, { ...options, brief: { ...options.brief, digest } }).catch(explain);
  } finally {
    process.off('exit', lastResort);
    lastResort();
  }
}

async function launchIn(folder: DataFolder, options: LaunchOptions & { brief: ChosenBrief }): Promise<number> {
  const { screen, stopped, env, root } = options;
  const left = await folder.pids.stopLeftovers();
  if (left.length > 0) screen.line(`stopped what an earlier run had left: ${left.join(', ')}`);
  const port = await gatewayPort(options.port);
  if (options.fresh && (await folder.wipe())) {
    const kept = env.DATABASE_URL ? 'manuscripts and the database that you named are kept' : 'manuscripts are kept';
    screen.line(`deleted what earlier runs had kept in ${folder.path}; ${kept}`);
  }
  const tokenFile = folder.file('token');
  const given = env.FICTION_BOOTSTRAP_TOKEN?.trim();
  const token = given || (await bootstrapToken(tokenFile));

  const note = (line: string): void => screen.line(screen.colors.yellow(line));
  const onReady = up(screen);
  if (options.port === undefined && port !== GATEWAY_PORT) {
    note(`port ${GATEWAY_PORT} is taken by another program; the gateway is at ${port}`);
  }
  const stack = startStack({
    folder,
    env,
    log: (line) => note(`  ${line}`),
    onReady: ({ server, origin, port: at, socket, tookMs, again }) =>
      onReady(server, at, tookMs, again ? 'again' : origin === 'given' ? 'given' : socket),
  });
  const book = { isUnfinished: false };
  const services = new ProcessGroup({
    cwd: root,
    logFile: (name) => folder.logFile(name),
    pids: folder.pids,
    onEvent: (event) => showEvent(event, onReady, note),
  });
  try {
    const surroundings = {
      ...(await untilStopped(stack, stopped)),
      root,
      dataDir: folder.path,
      env: serviceEnv(options),
    };
    const commands = await (options.services ?? compiledServices)(surroundings, { port, token });
    await untilStopped(services.startAll(commands), stopped);
    const client = new GatewayClient(`http://127.0.0.1:${port}`, token, stopped);
    const weaving = weave(client, { ...options, book }, { token, ledgerFile: folder.file('last-plan.json') });
    return await untilStopped(weaving.catch(explainToken(given ? undefined : tokenFile)), stopped);
  } finally {
    if (stopped.aborted) {
      screen.close();
      screen.line('\nstopping');
    }
    await services.stopAll();
    await stack.then(stopStack, () => undefined);
    if (stopped.aborted) screen.line(book.isUnfinished ? 'stopped; start again to carry on' : 'stopped');
  }
}

/** @param file where the token was read; without, it came from the environment */
function explainToken(file: string | undefined): (error: unknown) => never {
  return (error) => {
    if (!(error instanceof GatewayProblemError) || error.status !== 401) throw error;
    const mend =
      file === undefined
        ? 'Set FICTION_BOOTSTRAP_TOKEN to another token'
        : `Delete ${file} and start again to get a new one`;
    throw new LaunchError('TOKEN_REFUSED', `The gateway does not accept the access token; it was revoked. ${mend}.`);
  };
}

/** One line for each server or service that comes up. */
function up(screen: Screen): (name: string, port: number | undefined, tookMs: number, remark?: string) => void {
  const { green, dim } = screen.colors;
  return (name, port, tookMs, remark = '') =>
    screen.line(
      `  ${green('✓')} ${name.padEnd(18)} ${(port ? `:${port}` : '').padEnd(7)} ${dim(`${formatCount(tookMs)} ms ${remark}`.trimEnd())}`,
    );
}

function showEvent(event: ServiceEvent, ready: ReturnType<typeof up>, note: (line: string) => void): void {
  if (event.kind === 'ready') ready(event.name, event.port, event.tookMs, event.starts > 1 ? 'again' : '');
  else if (event.restartInMs !== undefined) note(`  ${event.name} ${event.how}; starting it again`);
}

function serviceEnv({ env, providers }: LaunchOptions): Readonly<Record<string, string | undefined>> {
  return providers ? { ...env, FICTION_PROVIDERS: providers.path } : env;
}

async function stopStack(stack: Stack): Promise<void> {
  await stack.stop();
}

/** The promise's outcome, unless the start is stopped first: then the signal's reason is thrown. */
async function untilStopped<T>(promise: Promise<T>, stopped: AbortSignal): Promise<T> {
  let onAbort!: () => void;
  const aborted = new Promise<never>((_, reject) => {
    onAbort = () => reject(stopped.reason as Error);
    if (stopped.aborted) onAbort();
    else stopped.addEventListener('abort', onAbort);
  });
  try {
    return await Promise.race([promise, aborted]);
  } finally {
    stopped.removeEventListener('abort', onAbort);
  }
}
