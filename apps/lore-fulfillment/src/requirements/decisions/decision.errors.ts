import { DomainError } from '@fiction/contracts';

export class LoreAlreadyReadyError extends DomainError {
  constructor(name: string) {
    super(
      'LORE_ALREADY_READY',
      409,
      `"${name}" is already ready and can no longer be changed here; edit its entry in the world bible.`,
    );
  }
}

/** A contradiction is no gap that an entry could fill. */
export class LoreNeedsPersonError extends DomainError {
  constructor(name: string) {
    super(
      'LORE_NEEDS_PERSON',
      409,
      `"${name}" contradicts the world: only a person can say whether that is meant. Waive it, or change the scene.`,
    );
  }
}

export class LoreNotDraftedError extends DomainError {
  constructor(name: string) {
    super('LORE_NOT_DRAFTED', 409, `No draft of "${name}" waits for approval.`);
  }
}

export class LoreAlreadyDecidedError extends DomainError {
  constructor(name: string) {
    super('LORE_ALREADY_DECIDED', 409, `The draft of "${name}" has already been approved or rejected.`);
  }
}

/** Another draft would be paid for, and the one that somebody is to judge be lost. */
export class LoreAwaitsApprovalError extends DomainError {
  constructor(name: string) {
    super(
      'LORE_AWAITS_APPROVAL',
      409,
      `A draft of "${name}" waits for approval: approve or reject it, or supply a text or an entry instead.`,
    );
  }
}

/** It is on its way into the world bible, and what is decided now would come too late. */
export class LoreBeingFiledError extends DomainError {
  constructor(name: string) {
    super(
      'LORE_BEING_FILED',
      409,
      `"${name}" is being filed in the world bible: edit its entry there once it is ready.`,
    );
  }
}
