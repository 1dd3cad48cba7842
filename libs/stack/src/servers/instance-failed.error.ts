import { StackError } from '../stack.error';

/** A private PostgreSQL, Redis or NATS did not come up; carries the end of its log. */
export class InstanceFailedError extends StackError {
  constructor(
    readonly instance: string,
    why: string,
    readonly logTail = '',
  ) {
    super('INSTANCE_FAILED', `${instance} did not start: ${why}${logTail && `\n${logTail}`}`);
  }
}
