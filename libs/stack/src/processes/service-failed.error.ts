import { StackError } from '../stack.error';

/** A service process did not become ready; carries the end of its log. */
export class ServiceFailedError extends StackError {
  constructor(
    readonly service: string,
    why: string,
    readonly logFile: string,
    readonly logTail = '',
  ) {
    super('SERVICE_FAILED', `${service} ${why}; its log is ${logFile}${logTail && `\n${logTail}`}`);
  }
}
