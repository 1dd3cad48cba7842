// `npm start`: from a bare checkout to a running system that writes a book.
import { requireNode } from './node-version.mjs';

requireNode();
const { createRequire } = await import('node:module');
const { readStartOptions } = await import('./start-options.mjs');
const { prepare, root } = await import('./prepare.mjs');
const { refuseSecondStart } = await import('./refuse-second-start.mjs');

const options = readStartOptions(process.argv.slice(2), root);
refuseSecondStart(options.dataDir, root);
await prepare();
const { main } = createRequire(import.meta.url)('../dist/scripts/launcher/main.js');
await main({ ...options, root });
