import { DataFolder, ProcessGroup, type ServiceEvent, type Stack, startStack } from '@fiction/stack';
import { relative } from 'node:path';
import { bootstrapToken } from './bootstrap-token';
import { choosePlan } from './choose-plan';
import { followPlan } from './follow-plan';
import { formatCount, formatDuration, formatUsd } from './format';
import { GatewayClient } from './gateway-client';
import { saveManuscript } from './manuscript-files';
import { PlanLedger } from './plan-ledger';
import type { PlanState } from './plan-state';
import { ProgressView } from './progress-view';
import type { Screen } from './screen';
import { compiledServices, gatewayPort, type ServiceCommands } from './services';
import type { StartOptions } from './start-options';

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
 * finished). Whatever happens, it leaves no process and no lock.
 * @returns the exit status: 0, or 1 when `exit` is set and the book did not become complete
 */
export async function launch(options: LaunchOptions): Promise<number> {
  const folder = await DataFolder.open(options.dataDir);
  const lastResort = (): void => {
    folder.pids.killAllNow();
    folder.release();
  };
  process.on('exit', lastResort);
  try {
    return await launchIn(folder, options);
  } finally {
    process.off('exit', lastResort);
    folder.release();
  }
}

async function launchIn(folder: DataFolder, options: LaunchOptions): Promise<number> {
  const { screen, stopped, env, root } = options;
  const left = await folder.pids.stopLeftovers();
  if (left.length > 0) screen.line(`stopped what an earlier run had left: ${left.join(', ')}`);
  if (options.fresh) await folder.wipe();
  const token = await bootstrapToken(folder.file('token'));
  const port = await gatewayPort(options.port);

  const note = (line: string): void => screen.line(screen.colors.yellow(line));
  const onReady = up(screen);
  const stack = startStack({
    folder,
    env,
    log: note,
    onReady: ({ server, origin, port: at, tookMs }) => onReady(server, at, tookMs, origin === 'given' ? 'given' : ''),
  });
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
    return await untilStopped(weave(client, folder, options, token), stopped);
  } finally {
    if (stopped.aborted) {
      screen.close();
      screen.line('\nstopping');
    }
    await services.stopAll();
    await stack.then(stopStack, () => undefined);
    if (stopped.aborted) screen.line('stopped');
  }
}

async function weave(
  client: GatewayClient,
  folder: DataFolder,
  options: LaunchOptions,
  token: string,
): Promise<number> {
  const { screen, stopped } = options;
  const { bold, dim } = screen.colors;
  screen.line(`\n  ${'gateway'.padEnd(12)}${client.baseUrl}   ${dim(`API at ${client.baseUrl}/api/docs`)}`);
  screen.line(`  ${'token'.padEnd(12)}${token}`);

  const ledger = await PlanLedger.open(folder.file('last-plan.json'));
  const { planId, carriedOn } = await choosePlan(client, ledger, options);
  const title = (await client.plan(planId))?.title ?? planId;
  screen.line(`\n  ${carriedOn ? 'carrying on' : 'writing'} ${bold(title)} ${dim(`(plan ${planId})`)}`);
  const view = new ProgressView(screen);
  const plan = await followPlan({ client, planId, screen, view, endWhenPaused: options.exit, stopped });
  await showOutcome(plan, client, options, token);
  if (options.exit) return plan.status === 'complete' ? 0 : 1;

  screen.line(`\n  ${dim('Serving. Ctrl-C stops everything.')}`);
  await untilStopped(new Promise<never>(() => undefined), stopped);
  return 0;
}

async function showOutcome(
  plan: PlanState,
  client: GatewayClient,
  options: LaunchOptions,
  token: string,
): Promise<void> {
  const { screen, out } = options;
  const { bold, green, red } = screen.colors;
  if (plan.status !== 'complete') {
    screen.line(red(`\n  ${plan.title} is ${plan.status}: ${plan.statusReason ?? 'no reason is given'}`));
    return;
  }
  const files = await saveManuscript(client, plan, out);
  const tookMs =
    plan.startedAt && plan.finishedAt ? Date.parse(plan.finishedAt) - Date.parse(plan.startedAt) : undefined;
  const figures = [
    `${formatCount(plan.words)} words`,
    `${formatCount(plan.calls)} model calls`,
    formatUsd(plan.costUsd),
    ...(tookMs === undefined ? [] : [formatDuration(tookMs)]),
  ];
  screen.line(`\n  ${green('✓')} ${bold(plan.title)} is complete: ${figures.join(', ')}`);
  const rows = [
    ['manuscript', relativePath(files.markdown)],
    ['', relativePath(files.json)],
    ['gateway', client.baseUrl],
    ['API', `${client.baseUrl}/api/docs`],
    ['token', token],
  ] as const;
  for (const [name, value] of rows) screen.line(`  ${name.padEnd(12)}${value}`);
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

function relativePath(file: string): string {
  const short = relative(process.cwd(), file);
  return short.startsWith('..') ? file : short;
}
