import { DomainError } from '@fiction/contracts';

/** The body is larger than is read. */
export class BodyTooLargeError extends DomainError {
  constructor(limitBytes: number | undefined) {
    const message = `The body is too large${limitBytes === undefined ? '' : `; at most ${limitBytes} bytes are read`}.`;
    super('BODY_TOO_LARGE', 413, message, [{ field: '(whole)', message }]);
  }
}

/** The body is of a kind that this route does not read. */
export class UnsupportedMediaTypeError extends DomainError {
  constructor(readonly accepted: string[]) {
    super('UNSUPPORTED_MEDIA_TYPE', 415, `The body must be ${accepted.join(' or ')}.`);
  }
}

/** The body cannot be read as what it says it is. */
export class BodyUnreadableError extends DomainError {
  constructor(reason: string) {
    super('BODY_UNREADABLE', 400, `The body cannot be read: ${reason}`, [{ field: '(whole)', message: reason }]);
  }
}
