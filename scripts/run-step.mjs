// Runs one step of `npm test` in a process group of its own, within a bound, and counts what it did.
import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { signalGroup } from './signal-group.mjs';

// Of a slow machine that has other things to do; alone on two cores the longest takes a third of it.
const STEP_MS = 30 * 60_000;
/** Jest has written its results, so what still runs is something a test left open. */
const LINGER_MS = 20_000;
const LOOK_EVERY_MS = 500;

const running = new Set();

/** Ends the steps that are running, with everything they have started. */
export function stopRunningSteps() {
  for (const { pid } of running) if (pid) signalGroup(pid, 'SIGKILL');
}

/** Runs a step, prints a line about it and, if it failed, what it said. */
export async function runStep(step, { root, patterns, withinMs }) {
  const startedAt = Date.now();
  if (step.kind === 'check' && patterns.length > 0) return { passed: 0, failed: 0 };
  process.stdout.write(process.stdout.isTTY ? `\r… ${step.name}` : '');
  const folder = await mkdtemp(join(tmpdir(), 'fiction-step-'));
  const results = join(folder, 'results.json');
  try {
    const command = step.kind === 'check' ? await scriptOf(step.script, root) : jestCommand(step, patterns);
    const ended = await run(command, root, Math.max(1, Math.min(withinMs, STEP_MS)), results);
    const outcome = step.kind === 'check' ? checkOutcome(ended) : await suiteOutcome(ended, results, patterns);
    report(step, outcome, ended, Date.now() - startedAt);
    return outcome;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The command behind an npm script: one definition, without npm's start-up time. */
async function scriptOf(name, root) {
  return JSON.parse(await readFile(join(root, 'package.json'), 'utf8')).scripts[name];
}

function jestCommand({ name, args = [] }, patterns) {
  const reporters = ['--reporters=default', '--reporters=./scripts/count-reporter.cjs'];
  // The lists come before a flag without a value, or they would take what follows for their own.
  const words = ['jest', '--selectProjects', name, ...reporters, ...args, '--passWithNoTests', ...patterns];
  return words.map((word) => `'${word.replaceAll("'", "'\\''")}'`).join(' ');
}

function run(command, root, withinMs, results) {
  return new Promise((resolve) => {
    const path = [join(root, 'node_modules', '.bin'), process.env.PATH].join(delimiter);
    const env = { ...process.env, PATH: path, FICTION_TEST_COUNTS: results };
    const child = spawn(command, { cwd: root, shell: true, detached: true, env });
    running.add(child);
    const output = [];
    child.stdout.on('data', (chunk) => output.push(chunk));
    child.stderr.on('data', (chunk) => output.push(chunk));
    let why;
    const giveUp = (reason) => {
      why = reason;
      signalGroup(child.pid, 'SIGKILL');
    };
    const bound = setTimeout(() => giveUp(`was ended after ${Math.round(withinMs / 1_000)} s`), withinMs);
    const stopWatching = watchForLingering(results, () => giveUp('did not end after its last test'));
    child.once('error', (error) => (why = error.message));
    child.once('close', (status) => {
      clearTimeout(bound);
      stopWatching();
      running.delete(child);
      resolve({ status, why, output: Buffer.concat(output).toString('utf8') });
    });
  });
}

function watchForLingering(results, onLinger) {
  let writtenAt;
  const timer = setInterval(async () => {
    const written = await readFile(results).then(Boolean, () => false);
    if (written) writtenAt ??= Date.now();
    if (writtenAt && Date.now() - writtenAt > LINGER_MS) onLinger();
  }, LOOK_EVERY_MS);
  return () => clearInterval(timer);
}

function checkOutcome({ status, why }) {
  const ok = status === 0 && !why;
  return { passed: ok ? 1 : 0, failed: ok ? 0 : 1, why };
}

/** A crash, a file that cannot be run, no test at all: each is a failure, even if no test has failed. */
async function suiteOutcome({ status, why }, results, patterns) {
  const text = await readFile(results, 'utf8').catch(() => undefined);
  if (!text && patterns.length > 0 && status === 0) return { passed: 0, failed: 0 };
  if (!text) return { passed: 0, failed: 1, why: why ?? `Jest ended with status ${status} and without results` };
  const { passed, failed, skipped } = JSON.parse(text);
  if (passed + failed === 0 && patterns.length > 0 && status === 0) return { passed, failed, why };
  if (passed + failed === 0) return { passed, failed: 1, why: why ?? 'no test was run' };
  if (failed === 0 && (why || status !== 0))
    return { passed, failed: 1, why: why ?? `Jest ended with status ${status}` };
  return { passed, failed, why, skipped };
}

function report({ name, kind }, { passed, failed, why, skipped }, { output }, tookMs) {
  const counted = kind === 'suite' ? `${passed} passed${failed ? `, ${failed} failed` : ''}` : '';
  const remarks = [counted, skipped ? `${skipped} skipped` : '', why].filter(Boolean).join(', ');
  const clear = process.stdout.isTTY ? '\r\u001B[K' : '';
  const seconds = `${(tookMs / 1_000).toFixed(1)} s`;
  console.log(`${clear}${failed > 0 ? '✗' : '✓'} ${name.padEnd(12)} ${seconds.padStart(8)}  ${remarks}`.trimEnd());
  if (failed > 0) console.log(output.trimEnd());
}
