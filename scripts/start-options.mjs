// The command line of `npm start`, read before anything is installed: it may use nothing but Node.
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';

const SAMPLE_BRIEF = 'examples/briefs/the-salt-clock.md';

const HELP = `Starts Fiction Weaver and writes a book.

npm start -- [options]

It also continues books that earlier starts have left unfinished, except paused ones. A changed brief is another
book.

  --brief FILE   the brief to write from (default: the sample, ${SAMPLE_BRIEF})
  --out DIR      where the manuscript goes (default: manuscripts/)
  --exit         stop when the book is complete (status 0), or has failed, is paused or stands still (1)
  --again        make a new plan, even if this brief already has one
  --fresh        first delete everything that earlier runs have stored
  --port N       the gateway's port (default: 8080, or the next free one)
  --help         this text

Environment
  DATABASE_URL, REDIS_URL, NATS_URL   use these servers instead of private ones
  FICTION_PROVIDERS                   the model providers' file (providers.yaml)
  FICTION_DATA_DIR                    where data is kept (default: .data/)
`;

/** A mistake on the command line: one line for the person, status 2 for the shell. */
class UsageError extends Error {}

/** The options, or the process ends: status 0 after --help, 2 after a mistake. */
export function readStartOptions(argv, root, env = process.env) {
  try {
    return parse(argv, root, env);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    console.error(`${error.message} (npm start -- --help shows the options)`);
    process.exit(2);
  }
}

function parse(argv, root, env) {
  const values = parseFlags(argv);
  if (values.help) {
    process.stdout.write(HELP);
    process.exit(0);
  }
  // npm runs us in the checkout, but paths are meant from where the person is.
  const from = (env.npm_lifecycle_event === 'start' && env.INIT_CWD) || process.cwd();
  const port = portNumber(values.port);
  const providers = env.FICTION_PROVIDERS ? resolve(from, env.FICTION_PROVIDERS) : undefined;
  const brief = values.brief === undefined ? join(root, SAMPLE_BRIEF) : resolve(from, values.brief);
  if (values.brief === '') throw new UsageError('--brief: the name of a file is missing');
  if (values.out === '') throw new UsageError('--out: the name of a folder is missing');
  return {
    port,
    providers: providers && readableFile(providers, 'the providers file (FICTION_PROVIDERS)'),
    brief: readableFile(brief, 'the brief'),
    exit: values.exit ?? false,
    again: values.again ?? false,
    fresh: values.fresh ?? false,
    dataDir: dataFolder(env.FICTION_DATA_DIR ? resolve(from, env.FICTION_DATA_DIR) : join(root, '.data')),
    // Last, because it leaves a folder behind.
    out: outFolder(values.out === undefined ? join(root, 'manuscripts') : resolve(from, values.out)),
  };
}

function parseFlags(argv) {
  const text = { type: 'string' };
  const flag = { type: 'boolean' };
  try {
    return parseArgs({
      args: argv,
      options: {
        brief: text,
        out: text,
        exit: flag,
        again: flag,
        fresh: flag,
        port: text,
        help: { ...flag, short: 'h' },
      },
    }).values;
  } catch (error) {
    throw new UsageError(error.message.split('. ')[0]);
  }
}

function readableFile(path, what) {
  try {
    if (!statSync(path).isFile()) throw new UsageError(`${what} ${path} is not a file`);
    return { path, content: readFileSync(path) };
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(
      `cannot read ${what} ${path}: ${error.code === 'ENOENT' ? 'there is no such file' : error.code}`,
    );
  }
}

/** Made and tried now: after the book, which takes long, it would be too late to hear that nothing can be put there. */
function outFolder(folder) {
  try {
    makeFolder(folder, '--out');
    const trial = join(folder, `.fiction-${process.pid}.part`);
    writeFileSync(trial, '');
    rmSync(trial);
    return folder;
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(`--out ${folder}: files cannot be written there (${error.code})`);
  }
}

/** Not made yet, since what cannot begin leaves nothing behind; tried beside, since another start may be making it. */
function dataFolder(folder) {
  const { parent, missing } = nearestFolder(folder, 'FICTION_DATA_DIR');
  if (missing.length === 0) return folder;
  try {
    rmdirSync(mkdtempSync(join(parent, '.fiction-')));
    return folder;
  } catch (error) {
    throw new UsageError(`FICTION_DATA_DIR ${folder}: the folder cannot be created (${error.code})`);
  }
}

/** One folder after the other: where none can be made, as in /proc, Node's own `recursive` tries for ever. */
function makeFolder(folder, what) {
  const { parent, missing } = nearestFolder(folder, what);
  let made = parent;
  for (const name of missing) mkdirSync((made = join(made, name)));
}

/** The nearest folder above that is there, and the names of those between. */
function nearestFolder(folder, what) {
  const missing = [];
  let parent = folder;
  for (; !existsSync(parent); parent = dirname(parent)) missing.unshift(basename(parent));
  if (!statSync(parent).isDirectory()) throw new UsageError(`${what} ${folder}: ${parent} is not a folder`);
  return { parent, missing };
}

function portNumber(text) {
  if (text === undefined) return undefined;
  const port = Number(text);
  if (/^\d+$/.test(text) && port >= 1 && port <= 65_535) return port;
  throw new UsageError(`--port ${text}: a port is a whole number from 1 to 65535`);
}
