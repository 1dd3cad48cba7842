import { DomainError, fieldProblems, InvalidInputError, plainWords, type RequestContract } from '@fiction/contracts';
import { isUnavailable } from '@fiction/platform';
import { Logger } from '@nestjs/common';
import { MessagePattern, RpcException } from '@nestjs/microservices';
import { answerWhenHeardOf } from './answer-when-heard-of';

/** Metadata key under which a controller method carries the subject it answers. */
export const ANSWERED_SUBJECT = 'fiction:answered-subject';

type Answerer<Q, A> = TypedPropertyDescriptor<(question: Q) => Promise<A>>;

/**
 * Makes a controller's method the one that answers a request. The question is checked before, what has not been heard of
 * yet is waited for a little, errors cross the bus as problems with their code, and whatever else goes wrong is logged here
 * and told as INTERNAL_ERROR. A method that throws `NotHeardOfYetError` is called again: it has changed nothing by then.
 */
export function AnswersRequest<Q, A>(contract: RequestContract<Q, A>) {
  return (target: object, key: string, descriptor: Answerer<Q, A>): void => {
    const answer = descriptor.value!;
    const log = new Logger(target.constructor.name);
    descriptor.value = async function (this: unknown, question: Q): Promise<A> {
      try {
        const parsed = contract.request.safeParse(question, { error: plainWords });
        if (!parsed.success) {
          throw new InvalidInputError(`The request ${contract.subject} is not valid.`, fieldProblems(parsed.error));
        }
        return await answerWhenHeardOf(() => answer.call(this, parsed.data), contract.timeoutMs);
      } catch (error) {
        if (error instanceof DomainError) throw new RpcException(error.toProblem());
        if (isUnavailable(error)) {
          throw new RpcException({
            code: 'SERVICE_UNAVAILABLE',
            status: 503,
            message: `the database of ${contract.service} is unavailable`,
          });
        }
        log.error(error instanceof Error ? (error.stack ?? error.message) : String(error));
        throw new RpcException({ code: 'INTERNAL_ERROR', status: 500, message: `${contract.subject} failed` });
      }
    };
    Reflect.defineMetadata(ANSWERED_SUBJECT, contract.subject, descriptor.value);
    MessagePattern(contract.subject)(target, key, descriptor);
  };
}
