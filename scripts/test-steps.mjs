// The steps of `npm test`, in order, and its command line.

/**
 * A check is an npm script that passes or fails as one; a suite is a Jest project whose tests are counted.
 * @type {{ name: string, kind: 'check' | 'suite', script?: string, args?: string[], needsServers?: boolean }[]}
 */
export const STEPS = [
  { name: 'format', kind: 'check', script: 'format:check' },
  { name: 'lint', kind: 'check', script: 'lint' },
  { name: 'types', kind: 'check', script: 'typecheck' },
  { name: 'unit', kind: 'suite' },
  // Half of a worker's time goes by in waiting for servers.
  { name: 'integration', kind: 'suite', needsServers: true, args: ['--maxWorkers=3'] },
  { name: 'e2e', kind: 'suite', needsServers: true },
  // Killing processes is measured by the clock: nothing else may run beside it.
  { name: 'chaos', kind: 'suite', needsServers: true, args: ['--runInBand'] },
];

const HELP = `npm test -- [--only STEP]... [PATTERN]...

  --only STEP   one of ${STEPS.map(({ name }) => name).join(', ')}; may be given several times
  PATTERN       only the test files whose path matches
`;

/** What to run; the process ends with status 2 after a mistake. */
export function readTestOptions(argv) {
  const only = [];
  const patterns = [];
  for (let i = 0; i < argv.length; i++) {
    const arg = argv[i];
    if (arg === '--help' || arg === '-h') end(HELP, 0);
    const step = arg === '--only' ? argv[++i] : /^--only=(.*)/.exec(arg)?.[1];
    if (step === undefined && arg.startsWith('-')) end(`unknown option ${arg}\n\n${HELP}`, 2);
    if (step === undefined) patterns.push(arg);
    else if (STEPS.some(({ name }) => name === step)) only.push(step);
    else end(`--only ${step}: there is no such step\n\n${HELP}`, 2);
  }
  return { only, patterns };
}

function end(text, status) {
  (status === 0 ? process.stdout : process.stderr).write(text);
  process.exit(status);
}
