// A second start must neither install nor build under the services of the first. Uses nothing but Node and what the
// build of the first has left: where there is no build, no start runs from this checkout.
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

/** Ends the process if another start is using the data folder; who may use it is decided later, by taking the lock. */
export function refuseSecondStart(dataDir, root) {
  const stack = join(root, 'dist', 'libs', 'stack', 'src');
  const identities = join(stack, 'processes', 'process-identity.js');
  const lock = readText(join(dataDir, 'lock'));
  if (!lock || !existsSync(identities)) return;
  const require = createRequire(import.meta.url);
  const [pid, ...identity] = lock.trim().split(' ');
  if (require(identities).processIdentity(Number(pid)) !== identity.join(' ')) return;
  const { DataFolderLockedError } = require(join(stack, 'data', 'data-folder-locked.error.js'));
  console.error(`\n${new DataFolderLockedError(dataDir, Number(pid)).message}`);
  process.exit(1);
}

function readText(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
