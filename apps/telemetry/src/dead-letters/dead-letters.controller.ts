import { listDeadLetters, type ReplyOf, type RequestOf } from '@fiction/contracts';
import { AnswersRequest, DeadLetters } from '@fiction/messaging';
import { Controller } from '@nestjs/common';

const listOwnDeadLetters = listDeadLetters('telemetry');

@Controller()
export class DeadLettersController {
  constructor(private readonly deadLetters: DeadLetters) {}

  @AnswersRequest(listOwnDeadLetters)
  async list(question: RequestOf<typeof listOwnDeadLetters>): Promise<ReplyOf<typeof listOwnDeadLetters>> {
    return this.deadLetters.list(question.cursor, question.limit);
  }
}
