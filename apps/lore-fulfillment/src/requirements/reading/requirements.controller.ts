import {
  listLore,
  NotFoundError,
  readLore,
  readReadiness,
  summariseLore,
  type ReplyOf,
  type RequestOf,
} from '@fiction/contracts';
import { AnswersRequest } from '@fiction/messaging';
import { ForkedBranches } from '@fiction/runtime';
import { Controller } from '@nestjs/common';
import { Timeline } from '../timeline/timeline';
import { RequirementList } from './requirement-list';
import { toView } from './requirement-view';
import { RequirementsRepository } from './requirements.repository';

@Controller()
export class RequirementsController {
  constructor(
    private readonly requirements: RequirementsRepository,
    private readonly requirementList: RequirementList,
    private readonly timeline: Timeline,
    private readonly branches: ForkedBranches,
  ) {}

  @AnswersRequest(listLore)
  async listLore(question: RequestOf<typeof listLore>): Promise<ReplyOf<typeof listLore>> {
    const lineage = await this.branches.lineage(question.planId, question.branch);
    const page = await this.requirementList.page(lineage, question);
    return { ...page, counts: await this.requirementList.counts(question.planId, lineage) };
  }

  @AnswersRequest(summariseLore)
  async summarise({ planId, branches }: RequestOf<typeof summariseLore>): Promise<ReplyOf<typeof summariseLore>> {
    const summaries: ReplyOf<typeof summariseLore>['branches'] = [];
    for (const branch of new Set(branches)) {
      const lineage = await this.branches.lineage(planId, branch);
      summaries.push({ branch, ...(await this.requirementList.counts(planId, lineage)) });
    }
    return { branches: summaries };
  }

  @AnswersRequest(readLore)
  async readLore({ planId, branch, requirementId }: RequestOf<typeof readLore>): Promise<ReplyOf<typeof readLore>> {
    const lineage = await this.branches.lineage(planId, branch);
    const row = await this.requirements.see(planId, lineage, requirementId);
    if (row === undefined) throw new NotFoundError('lore requirement', requirementId);
    const sources = await this.requirements.sources(requirementId, [...new Set([branch, row.branch])]);
    return {
      ...toView(row),
      planId,
      branch,
      lineage: [...lineage],
      sharedFrom: row.branch === branch ? null : row.branch,
      terms: { policy: row.policy, slaSeconds: row.sla_seconds, approval: row.approval },
      conversationId: row.conversation_id,
      planPassId: row.plan_pass_id,
      backlogItemId: row.backlog_item_id,
      runId: row.run_id,
      draft: row.draft,
      sources,
      waiting: await this.requirements.waiting(requirementId, branch),
      timeline: await this.timeline.read(requirementId, row.branch),
    };
  }

  @AnswersRequest(readReadiness)
  async readReadiness(question: RequestOf<typeof readReadiness>): Promise<ReplyOf<typeof readReadiness>> {
    const { planId, branch, requirementIds, raisedBy } = question;
    const lineage = await this.branches.lineage(planId, branch);
    const missing = await this.requirements.missing(planId, lineage, requirementIds);
    return {
      missing,
      names: missing.length === 0 ? {} : await this.requirements.names(planId, lineage, missing),
      raised: raisedBy === undefined ? [] : await this.requirements.raised(planId, lineage, raisedBy),
    };
  }
}
