import { listDeadLetters, retryDeadLetter, type ReplyOf, type RequestOf } from '@fiction/contracts';
import { AnswersRequest, DeadLetters, LetterRetry } from '@fiction/messaging';
import { Controller } from '@nestjs/common';

const listOwnDeadLetters = listDeadLetters('telemetry');
const retryOwnDeadLetter = retryDeadLetter('telemetry');

@Controller()
export class DeadLettersController {
  constructor(
    private readonly deadLetters: DeadLetters,
    private readonly letterRetry: LetterRetry,
  ) {}

  @AnswersRequest(listOwnDeadLetters)
  async list(question: RequestOf<typeof listOwnDeadLetters>): Promise<ReplyOf<typeof listOwnDeadLetters>> {
    return this.deadLetters.list(question.cursor, question.limit);
  }

  @AnswersRequest(retryOwnDeadLetter)
  async retry({ id }: RequestOf<typeof retryOwnDeadLetter>): Promise<ReplyOf<typeof retryOwnDeadLetter>> {
    return this.letterRetry.retry(id);
  }
}
