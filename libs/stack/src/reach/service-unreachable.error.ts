import { StackError } from '../stack.error';

/** A server named by an environment variable does not answer as it must. */
export class ServiceUnreachableError extends StackError {
  constructor(
    readonly variable: string,
    url: string,
    why: string,
  ) {
    super('SERVICE_UNREACHABLE', `${variable} names ${withoutPassword(url)}, but ${why}`);
  }
}

function withoutPassword(url: string): string {
  return url.replace(/\/\/([^:@/]*):[^@/]*@/, '//$1:***@');
}
