import { listAccepted, listDrafts, type ReplyOf, type RequestOf } from '@fiction/contracts';
import { AnswersRequest } from '@fiction/messaging';
import { Controller } from '@nestjs/common';
import { DraftsRepository } from './drafts.repository';

/** Answers what others ask about prose. */
@Controller()
export class DraftsController {
  constructor(private readonly drafts: DraftsRepository) {}

  @AnswersRequest(listDrafts)
  async ofScene(query: RequestOf<typeof listDrafts>): Promise<ReplyOf<typeof listDrafts>> {
    return this.drafts.listOfScene(query.planId, query.branch, query.sceneId, query.cursor, query.limit);
  }

  @AnswersRequest(listAccepted)
  async accepted(query: RequestOf<typeof listAccepted>): Promise<ReplyOf<typeof listAccepted>> {
    return this.drafts.listAccepted(query.planId, query.branch, query.cursor, query.limit);
  }
}
