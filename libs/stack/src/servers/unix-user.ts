import { spawnSync } from 'node:child_process';

/** A user a server process runs as. */
export interface UnixUser {
  name: string;
  uid: number;
  gid: number;
}

/** The user PostgreSQL runs as when we are root, which it refuses to be; `undefined` when we are not root. */
export function unprivilegedUser(): UnixUser | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const user = ['postgres', 'nobody'].map(findUser).find((found) => found !== undefined);
  if (!user) throw new Error('neither a user "postgres" nor "nobody" exists for PostgreSQL to run as');
  return user;
}

/** Whether the user can enter the folder; asked of the kernel, which knows every parent's mode and access list. */
export function canEnter(user: UnixUser, folder: string): boolean {
  const { status } = spawnSync('/bin/sh', ['-c', 'cd "$1"', 'sh', folder], {
    uid: user.uid,
    gid: user.gid,
    cwd: '/',
    stdio: 'ignore',
  });
  return status === 0;
}

function findUser(name: string): UnixUser | undefined {
  const [uid, gid] = ['-u', '-g'].map((what) => spawnSync('id', [what, name], { encoding: 'utf8' }));
  if (uid?.status !== 0 || gid?.status !== 0) return undefined;
  return { name, uid: Number(uid.stdout), gid: Number(gid.stdout) };
}
