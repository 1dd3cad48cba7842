// Kept to syntax every Node has: it must be read by the ones that are too old.
const NEEDED = [20, 19];

/** Ends the process with one clear line on a Node that is too old. */
export function requireNode(version = process.versions.node) {
  const [major, minor] = version.split('.').map(Number);
  if (major > NEEDED[0] || (major === NEEDED[0] && minor >= NEEDED[1])) return;
  console.error(
    `Fiction Weaver needs Node.js ${NEEDED.join('.')} or newer; this is ${version}. See https://nodejs.org`,
  );
  process.exit(1);
}
