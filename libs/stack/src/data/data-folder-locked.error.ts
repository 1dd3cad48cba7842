import { StackError } from '../stack.error';

/** Another start is using this data folder. */
export class DataFolderLockedError extends StackError {
  constructor(
    folder: string,
    readonly ownerPid: number,
  ) {
    super(
      'DATA_FOLDER_LOCKED',
      `Fiction Weaver is already running on ${folder} (pid ${ownerPid}). Stop it first, or set FICTION_DATA_DIR to another folder.`,
    );
  }
}
