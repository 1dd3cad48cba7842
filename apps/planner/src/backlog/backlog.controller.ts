import {
  cancelBranch,
  cancelItem,
  listBacklog,
  listBacklogActions,
  pausePlan,
  readBacklogItem,
  readGraph,
  resumeItem,
  resumePlan,
  type ReplyOf,
  type RequestOf,
} from '@fiction/contracts';
import { AnswersRequest } from '@fiction/messaging';
import { Controller } from '@nestjs/common';
import { ActionLog } from './action-log';
import { BacklogReader } from './backlog.reader';
import { GraphReader } from './graph.reader';
import { ItemActions } from './item-actions';
import { PlanControls } from './plan-controls';

/** Answers what others ask about the backlog, and does what they ask of it. */
@Controller()
export class BacklogController {
  constructor(
    private readonly backlog: BacklogReader,
    private readonly graph: GraphReader,
    private readonly log: ActionLog,
    private readonly items: ItemActions,
    private readonly controls: PlanControls,
  ) {}

  @AnswersRequest(listBacklog)
  async list(query: RequestOf<typeof listBacklog>): Promise<ReplyOf<typeof listBacklog>> {
    return this.backlog.list(query);
  }

  @AnswersRequest(readBacklogItem)
  async read(query: RequestOf<typeof readBacklogItem>): Promise<ReplyOf<typeof readBacklogItem>> {
    return this.backlog.read(query.planId, query.itemId);
  }

  @AnswersRequest(listBacklogActions)
  async actions(query: RequestOf<typeof listBacklogActions>): Promise<ReplyOf<typeof listBacklogActions>> {
    await this.backlog.plan(query.planId);
    return this.log.list(query);
  }

  @AnswersRequest(readGraph)
  async shape(query: RequestOf<typeof readGraph>): Promise<ReplyOf<typeof readGraph>> {
    return this.graph.read(query);
  }

  @AnswersRequest(resumeItem)
  async resume(query: RequestOf<typeof resumeItem>): Promise<ReplyOf<typeof resumeItem>> {
    return this.items.resume(query);
  }

  @AnswersRequest(cancelItem)
  async cancel(query: RequestOf<typeof cancelItem>): Promise<ReplyOf<typeof cancelItem>> {
    return this.items.cancel(query);
  }

  @AnswersRequest(cancelBranch)
  async cancelBranch(query: RequestOf<typeof cancelBranch>): Promise<ReplyOf<typeof cancelBranch>> {
    return this.controls.cancelBranch(query);
  }

  @AnswersRequest(pausePlan)
  async pause(query: RequestOf<typeof pausePlan>): Promise<ReplyOf<typeof pausePlan>> {
    return this.controls.pause(query);
  }

  @AnswersRequest(resumePlan)
  async resumePlan(query: RequestOf<typeof resumePlan>): Promise<ReplyOf<typeof resumePlan>> {
    return this.controls.resume(query);
  }
}
