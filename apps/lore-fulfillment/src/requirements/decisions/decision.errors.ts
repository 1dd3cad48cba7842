import { DomainError } from '@fiction/contracts';

export class LoreAlreadyReadyError extends DomainError {
  constructor(name: string) {
    super('LORE_ALREADY_READY', 409, `"${name}" is ready already; nothing is changed any more.`);
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
    super('LORE_NOT_DRAFTED', 409, `Of "${name}" there is no draft that waits to be approved.`);
  }
}

export class LoreAlreadyDecidedError extends DomainError {
  constructor(name: string) {
    super('LORE_ALREADY_DECIDED', 409, `The draft of "${name}" was approved or rejected before.`);
  }
}
