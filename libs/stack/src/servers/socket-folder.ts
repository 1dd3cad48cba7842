import { chmod, chown, lstat, mkdir, mkdtemp, readlink, rm, symlink } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { canEnter, type UnixUser } from './unix-user';

/** Longest path of a socket, in bytes: 107 on Linux, 103 on macOS. */
const LONGEST_PATH = 103;
const PREFIX = 'fw-';

/** What a folder for a socket must allow. */
export interface SocketFolderOptions {
  /** Short, and open to all who need the socket; not a folder of a checkout, whose path may be long. */
  parent: string;
  /** Name of the socket's file. */
  file: string;
  /** A link to the folder that is easier to find than the folder. It also leads to what a killed start has left. */
  link: string;
  /** Who makes the socket, if not we. */
  user?: UnixUser;
}

/** A folder for the socket of one server. Only the server's user and we can enter it, so strangers cannot connect. */
export class SocketFolder {
  private constructor(
    readonly path: string,
    private readonly options: SocketFolderOptions,
  ) {}

  /** @returns `undefined` where no socket can be made or reached */
  static async make(options: SocketFolderOptions): Promise<SocketFolder | undefined> {
    await removeWhatIsLeft(options.link);
    const path = await mkdtemp(join(options.parent, PREFIX)).catch(() => undefined);
    if (path === undefined) return undefined;
    const folder = new SocketFolder(path, options);
    if (await folder.serves()) return folder;
    await folder.remove();
    return undefined;
  }

  get socket(): string {
    return join(this.path, this.options.file);
  }

  /**
   * Makes it anew, without what a crash has left in it. In a folder that all may write to, somebody else may have taken
   * its name in the meantime: then this fails.
   */
  async renew(): Promise<void> {
    await rm(this.path, { recursive: true, force: true });
    await mkdir(this.path, { mode: 0o700 });
    await this.hand();
  }

  async remove(): Promise<void> {
    await rm(this.path, { recursive: true, force: true });
    const { link } = this.options;
    // A later start on the same data may have linked its own.
    if ((await readlink(link).catch(() => '')) === this.path) await rm(link, { force: true });
  }

  private async serves(): Promise<boolean> {
    // What is plain needs no escapes in URLs, of which every library has its own idea.
    if (Buffer.byteLength(this.socket) > LONGEST_PATH || !/^[\w./-]+$/.test(this.path)) return false;
    if (!(await canListen(this.socket))) return false;
    try {
      await this.hand();
    } catch {
      return false;
    }
    return !this.options.user || canEnter(this.options.user, this.path);
  }

  private async hand(): Promise<void> {
    const { user, link } = this.options;
    if (user) {
      await chown(this.path, user.uid, process.getegid!());
      await chmod(this.path, 0o750);
    }
    await rm(link, { force: true });
    await symlink(this.path, link);
  }
}

/** The link leads to a recursive delete, so only a folder of ours with such a name is believed. */
async function removeWhatIsLeft(link: string): Promise<void> {
  const left = await readlink(link).catch(() => '');
  if (!new RegExp(`/${PREFIX}\\w{6}$`).test(left)) return;
  const isFolder = await lstat(left).then(
    (found) => found.isDirectory(),
    () => false,
  );
  // What is another user's cannot be removed, and need not be.
  if (isFolder) await rm(left, { recursive: true, force: true }).catch(() => undefined);
}

/** Not every file system has sockets. */
function canListen(socket: string): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(socket, () => server.close(() => resolve(true)));
  });
}
