import { DomainError, InvalidInputError, NotFoundError } from '@fiction/contracts';

/** There is an entry of that name already. */
export class EntryExistsError extends DomainError {
  constructor(name: string, entryId: string) {
    super('ENTRY_EXISTS', 409, `The world bible already has "${name}", as ${entryId}.`, [
      { field: 'name', message: `is the name of ${entryId}` },
    ]);
  }
}

/** Somebody, or a run, was quicker: the entry is not what the person has seen. */
export class EntryChangedError extends DomainError {
  constructor(expected: number, actual: number) {
    super('ENTRY_CHANGED', 409, `The entry is at version ${actual}, not ${expected}: read it again.`, [
      { field: 'expectedVersion', message: `the entry is at version ${actual}` },
    ]);
  }
}

/** An edit that names no change. */
export class NothingChangesError extends InvalidInputError {
  constructor() {
    const message = 'is missing, and so are changes to aliases, facts or relations';
    super('The edit changes nothing.', [{ field: 'summary', message }]);
  }
}

/** The entry has no such fact on this branch. */
export class FactNotFoundError extends NotFoundError {
  constructor(factId: string) {
    super('fact', factId);
  }
}

/** An edit that takes away aliases or relations that the entry does not have on this branch. */
export class NotOfEntryError extends InvalidInputError {
  /** @param fields of the edit, such as `aliases.drop.0` */
  constructor(fields: readonly string[]) {
    super(
      'The entry does not have everything that the edit removes; nothing was changed.',
      fields.map((field) => ({ field, message: 'is not in the entry' })),
    );
  }
}
