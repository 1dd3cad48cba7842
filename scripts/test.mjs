// `npm test`: from a bare checkout through every check and test, to one line that says how many passed.
import { requireNode } from './node-version.mjs';

requireNode();
const { createRequire } = await import('node:module');
const path = await import('node:path');
const { prepare, root } = await import('./prepare.mjs');
const { readTestOptions, STEPS } = await import('./test-steps.mjs');
const { runStep, stopRunningSteps } = await import('./run-step.mjs');

const WHOLE_RUN_MS = 60 * 60_000;
const deadline = Date.now() + WHOLE_RUN_MS;
const { only, patterns } = readTestOptions(process.argv.slice(2));
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, () => {
    stopRunningSteps();
    process.exit(130);
  });
}

await prepare().catch(failBuild);
const steps = STEPS.filter(({ name }) => only.length === 0 || only.includes(name));
if (steps.some(({ needsServers }) => needsServers)) await provideBinaries();

let passed = 0;
let failed = 0;
let executed = 0;
// The checks go side by side: the longest, of the format, keeps one core busy.
const outcomes = await Promise.all(steps.filter(({ kind }) => kind === 'check').map(run));
for (const suite of steps.filter(({ kind }) => kind === 'suite')) outcomes.push(await run(suite));
for (const outcome of outcomes) {
  passed += outcome.passed;
  failed += outcome.failed;
  executed += outcome.passed + outcome.failed;
}
if (executed === 0) {
  console.error('no test matches');
  failed++;
}
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);

function run(step) {
  return runStep(step, { root, patterns, withinMs: deadline - Date.now() });
}

/** Nothing can be run without a build. */
function failBuild(error) {
  console.error(error.message);
  console.log('0 passed, 1 failed');
  process.exit(1);
}

/** Installing takes its time, so it is done here and not within the bound of a test. */
async function provideBinaries() {
  const { ensureBinaries, SERVERS } = createRequire(import.meta.url)('../dist/libs/stack/src/index.js');
  const logFile = path.join(root, '.data', 'logs', 'install.log');
  const needed = [...SERVERS, ...(steps.some(({ name }) => name === 'e2e') ? ['prometheus'] : [])];
  await ensureBinaries({ env: process.env, logFile, log: (line) => console.log(line), needed }).catch(failBuild);
}
