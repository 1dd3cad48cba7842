import { InvalidInputError, type FieldProblem } from '@fiction/contracts';

/** A brief nothing can be made of yet; names every field at fault, so that one round of editing is enough. */
export class BriefInvalidError extends InvalidInputError {
  constructor(errors: FieldProblem[]) {
    const many = errors.length === 1 ? 'one problem' : `${errors.length} problems`;
    super(`The brief has ${many}; no plan was created.`, errors, 'BRIEF_INVALID');
  }
}
