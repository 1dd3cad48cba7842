import { StackError } from '../stack.error';

/** A server named by an environment variable does not answer as it must. */
export class ServiceUnreachableError extends StackError {
  constructor(
    readonly variable: string,
    url: string,
    why: string,
  ) {
    super('SERVICE_UNREACHABLE', `${variable} names ${withoutSecrets(url)}, but ${why}`);
  }
}

/**
 * Without who we are there, and without the parameters that tell a secret. Whatever is not written as it should be may
 * be part of a password, such as an @; so all up to the last one goes.
 */
function withoutSecrets(url: string): string {
  return url.replace(/\/\/.*@/s, '//***@').replace(/([?&][^=&]*(?:pass|secret|token|key|auth)[^=&]*=)[^&]*/gi, '$1***');
}
