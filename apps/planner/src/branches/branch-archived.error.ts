import { DomainError } from '@fiction/contracts';

/** An archived branch is read, compared and forked; nothing of it changes any more. */
export class BranchArchivedError extends DomainError {
  constructor(branch: string) {
    super('BRANCH_ARCHIVED', 409, `Branch ${branch} is archived and read-only. Fork it to continue from it.`);
  }
}
