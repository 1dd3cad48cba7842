import { DomainError } from '@fiction/contracts';

/** The body is larger than is read. */
export class BodyTooLargeError extends DomainError {
  constructor(limitBytes: number | undefined) {
    const message = `is too large${limitBytes === undefined ? '' : `; the limit is ${limitBytes} bytes`}`;
    super('BODY_TOO_LARGE', 413, `The body ${message}.`, [{ field: '(whole)', message }]);
  }
}

/** Too much was asked in too short a time. */
export class RateLimitedError extends DomainError {
  /** @param retryAfterSeconds when asking again makes sense */
  constructor(
    message: string,
    readonly retryAfterSeconds: number,
  ) {
    super('RATE_LIMITED', 429, message);
  }
}

/** The body is of a kind that this route does not read. */
export class UnsupportedMediaTypeError extends DomainError {
  constructor(readonly accepted: string[]) {
    super('UNSUPPORTED_MEDIA_TYPE', 415, `The body must be ${accepted.join(' or ')}.`);
  }
}

/** The address is there, but does not take this method. */
export class MethodNotAllowedError extends DomainError {
  constructor(method: string, allowed: string[]) {
    super('METHOD_NOT_ALLOWED', 405, `This address does not accept ${method}; it accepts ${allowed.join(', ')}.`);
  }
}

/** The address is no percent-encoded UTF-8. */
export class AddressUnreadableError extends DomainError {
  constructor() {
    const message = 'is not percent-encoded UTF-8';
    super('ADDRESS_UNREADABLE', 400, `The address ${message}.`, [{ field: '(path)', message }]);
  }
}

/** The body cannot be read as what it says it is. */
export class BodyUnreadableError extends DomainError {
  constructor(reason: string) {
    super('BODY_UNREADABLE', 400, `The body cannot be read: ${reason}`, [{ field: '(whole)', message: reason }]);
  }
}
