// `npm run bench`: prepares as the other commands do, then measures. See docs/benchmarks.md.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { requireNode } from './node-version.mjs';

requireNode();
const { prepare, root } = await import('./prepare.mjs');
await prepare();
const ran = spawnSync(process.execPath, [join(root, 'dist', 'bench', 'main.js'), ...process.argv.slice(2)], {
  stdio: 'inherit',
});
process.exit(ran.status ?? 1);
