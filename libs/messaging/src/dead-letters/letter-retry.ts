import { DomainError, NotFoundError, type DeadLetter } from '@fiction/contracts';
import {
  Database,
  isConflict,
  isUnavailable,
  SERVICE_CONFIG,
  type ServiceConfig,
  type UnitOfWork,
} from '@fiction/platform';
import { Inject, Injectable } from '@nestjs/common';
import { MessageHandlers } from '../inbox/message-handlers';
import { RECEIVE } from '../inbox/receive';
import { DEAD_LETTER_COLUMNS, toDeadLetter, type DeadLetterRow } from './dead-letter.row';

const TAKE = `DELETE FROM dead_letters WHERE id = $1 RETURNING ${DEAD_LETTER_COLUMNS}, message_id`;

/** What stood in the way of a message still does. */
export class DeadLetterFailsError extends DomainError {
  constructor(subject: string, cause: unknown) {
    const why = cause instanceof Error ? cause.message : String(cause);
    super('DEAD_LETTER_FAILS', 409, `${subject} still cannot be handled: ${why}`);
  }
}

/** Handles messages again that were put aside: what stood in their way may be mended. */
@Injectable()
export class LetterRetry {
  constructor(
    private readonly database: Database,
    private readonly handlers: MessageHandlers,
    @Inject(SERVICE_CONFIG) private readonly config: ServiceConfig,
  ) {}

  /**
   * Handles it here and now, and it is a dead letter no more: all in one transaction. It is not sent again, so that it is
   * handled once however often this is asked for.
   * @throws NotFoundError when there is none, or no longer
   * @throws DeadLetterFailsError with what is in its way; it is kept as it was
   */
  async retry(id: string): Promise<DeadLetter> {
    return this.database.transaction(async (uow) => {
      const [letter] = await uow.query<DeadLetterRow & { message_id: string }>(TAKE, [id]);
      if (letter === undefined) throw new NotFoundError('dead letter', id);
      try {
        await this.handle(uow, letter);
      } catch (error) {
        if (isUnavailable(error) || isConflict(error)) throw error;
        throw new DeadLetterFailsError(letter.subject, error);
      }
      return toDeadLetter(letter, this.config.service);
    });
  }

  private async handle(uow: UnitOfWork, letter: DeadLetterRow & { message_id: string }): Promise<void> {
    const registration = this.handlers.find(letter.subject);
    if (registration === undefined) throw new Error('nobody handles it');
    const body: unknown = registration.contract.schema.parse(JSON.parse(letter.body));
    if ((await uow.query(RECEIVE, [[letter.message_id]])).length > 0) await registration.handle([body], uow);
  }
}
