import { listLore, readReadiness, type ReplyOf, type RequestOf } from '@fiction/contracts';
import { AnswersRequest } from '@fiction/messaging';
import { ForkedBranches } from '@fiction/runtime';
import { Controller } from '@nestjs/common';
import { RequirementsRepository } from './requirements.repository';

@Controller()
export class RequirementsController {
  constructor(
    private readonly requirements: RequirementsRepository,
    private readonly branches: ForkedBranches,
  ) {}

  @AnswersRequest(listLore)
  async listLore(question: RequestOf<typeof listLore>): Promise<ReplyOf<typeof listLore>> {
    const { planId, branch, status, cursor, limit } = question;
    const lineage = await this.branches.lineage(planId, branch);
    const found = await this.requirements.list({ planId, lineage, status, after: cursor, limit: limit + 1 });
    const items = found.slice(0, limit);
    return { items, nextCursor: found.length > limit ? items.at(-1)!.id : null };
  }

  @AnswersRequest(readReadiness)
  async readReadiness(question: RequestOf<typeof readReadiness>): Promise<ReplyOf<typeof readReadiness>> {
    const { planId, branch, requirementIds } = question;
    const lineage = await this.branches.lineage(planId, branch);
    return { missing: await this.requirements.missing(planId, lineage, requirementIds), raised: [] };
  }
}
