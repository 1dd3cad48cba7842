import { listAccepted, listDrafts, type ReplyOf, type RequestOf } from '@fiction/contracts';
import { AnswersRequest } from '@fiction/messaging';
import { ForkedBranches } from '@fiction/runtime';
import { Controller } from '@nestjs/common';
import { DraftsRepository } from './drafts.repository';

/** Answers what others ask about prose. */
@Controller()
export class DraftsController {
  constructor(
    private readonly drafts: DraftsRepository,
    private readonly branches: ForkedBranches,
  ) {}

  @AnswersRequest(listDrafts)
  async ofScene(query: RequestOf<typeof listDrafts>): Promise<ReplyOf<typeof listDrafts>> {
    const lineage = await this.branches.lineage(query.planId, query.branch);
    return this.drafts.listOfScene(query.planId, lineage, query.sceneId, query.cursor, query.limit);
  }

  @AnswersRequest(listAccepted)
  async accepted(query: RequestOf<typeof listAccepted>): Promise<ReplyOf<typeof listAccepted>> {
    const lineage = await this.branches.lineage(query.planId, query.branch);
    return this.drafts.listAccepted(query.planId, lineage, query.cursor, query.limit);
  }
}
