import { StackError } from '../stack.error';

/** What the data folder holds, or the folder itself, may not be read or written by this user. */
export class ForeignDataError extends StackError {
  constructor(path: string, cause: NodeJS.ErrnoException) {
    super(
      'FOREIGN_DATA',
      `${path} cannot be used by this user (${cause.code}): it belongs to another user, perhaps because of a start with sudo. ` +
        'Give the data folder back, for example with sudo chown -R "$(id -un)" and its path, or set FICTION_DATA_DIR to another folder.',
      { cause },
    );
  }
}

/** The error itself, unless the system has refused access to something in the folder: then one that a person can act on. */
export function explainRefusal(error: unknown, folder: string): Error {
  const refused = error as NodeJS.ErrnoException;
  const { code, path } = refused;
  const isRefusal = (code === 'EACCES' || code === 'EPERM') && path?.startsWith(folder) === true;
  return isRefusal ? new ForeignDataError(path, refused) : refused;
}
