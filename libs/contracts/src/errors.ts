import { z } from 'zod';

/** One thing wrong with one field of an input. `field` is a path such as `bindings.scene.provider`. */
export const fieldProblemSchema = z.object({ field: z.string(), message: z.string() });
export type FieldProblem = z.infer<typeof fieldProblemSchema>;

/** An error as it crosses the bus and, as a problem document (RFC 9457), the REST API. */
export const problemSchema = z.object({
  code: z.string(),
  /** HTTP status that says it best. */
  status: z.int(),
  message: z.string(),
  errors: z.array(fieldProblemSchema).optional(),
});
export type Problem = z.infer<typeof problemSchema>;

/** An error whose meaning a caller may act on: a stable code, an HTTP status, and a message for people. */
export class DomainError extends Error {
  constructor(
    readonly code: string,
    readonly status: number,
    message: string,
    readonly errors?: FieldProblem[],
  ) {
    super(message);
    this.name = new.target.name;
  }

  toProblem(): Problem {
    return { code: this.code, status: this.status, message: this.message, ...(this.errors && { errors: this.errors }) };
  }
}

/** What was asked for is not there. `noun` becomes part of the code: `PLAN_NOT_FOUND`. */
export class NotFoundError extends DomainError {
  constructor(noun: string, id: string) {
    super(`${noun.toUpperCase().replaceAll(/[^A-Z]+/g, '_')}_NOT_FOUND`, 404, `There is no ${noun} "${id}".`);
  }
}

/** An input that does not fit its schema; names every field that is wrong. */
export class InvalidInputError extends DomainError {
  constructor(message: string, errors: FieldProblem[], code = 'INPUT_INVALID') {
    super(code, 400, message, errors);
  }
}

/** A cursor that no page of the list has given as `nextCursor`. */
export class UnknownCursorError extends InvalidInputError {
  constructor() {
    super('The cursor is not valid.', [{ field: 'cursor', message: 'is not the nextCursor of a page of this list' }]);
  }
}

/** The same key came with something else before. */
export class IdempotencyKeyReusedError extends DomainError {
  constructor() {
    const message = 'was already used for a different request';
    super('IDEMPOTENCY_KEY_REUSED', 409, `This Idempotency-Key ${message}: use a new one.`, [
      { field: 'Idempotency-Key', message },
    ]);
  }
}

/** Zod's issues as field problems. */
export function fieldProblems(error: z.ZodError): FieldProblem[] {
  return error.issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map((key) => ({ field: [...issue.path, key].join('.'), message: 'is not a known field' }))
      : [{ field: issue.path.join('.') || '(whole)', message: issue.message }],
  );
}
