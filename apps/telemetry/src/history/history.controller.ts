import { listProgress, type ReplyOf, type RequestOf } from '@fiction/contracts';
import { AnswersRequest } from '@fiction/messaging';
import { Controller } from '@nestjs/common';
import { EventStore } from './event.store';

@Controller()
export class HistoryController {
  constructor(private readonly events: EventStore) {}

  @AnswersRequest(listProgress)
  async list(question: RequestOf<typeof listProgress>): Promise<ReplyOf<typeof listProgress>> {
    return this.events.page(question.planId, question.afterSeq, question.limit);
  }
}
