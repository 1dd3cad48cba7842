import {
  actOnObligation,
  fileDesign,
  listObligations,
  plantObligation,
  readObligation,
  type ReplyOf,
  type RequestOf,
} from '@fiction/contracts';
import { AnswersRequest } from '@fiction/messaging';
import { ForkedBranches } from '@fiction/runtime';
import { Controller } from '@nestjs/common';
import { DesignsRepository } from './designs/designs.repository';
import { ObligationsService } from './obligations.service';

@Controller()
export class ObligationsController {
  constructor(
    private readonly obligations: ObligationsService,
    private readonly designs: DesignsRepository,
    private readonly branches: ForkedBranches,
  ) {}

  @AnswersRequest(fileDesign)
  async fileDesign(filing: RequestOf<typeof fileDesign>): Promise<ReplyOf<typeof fileDesign>> {
    await this.branches.require(filing.planId, filing.branch);
    await this.designs.file(filing);
    return { filed: filing.plants.length + filing.payoffs.length };
  }

  @AnswersRequest(listObligations)
  listObligations(query: RequestOf<typeof listObligations>): Promise<ReplyOf<typeof listObligations>> {
    return this.obligations.list(query);
  }

  @AnswersRequest(readObligation)
  readObligation(query: RequestOf<typeof readObligation>): Promise<ReplyOf<typeof readObligation>> {
    return this.obligations.read(query);
  }

  @AnswersRequest(plantObligation)
  plantObligation(question: RequestOf<typeof plantObligation>): Promise<ReplyOf<typeof plantObligation>> {
    return this.obligations.plant(question);
  }

  @AnswersRequest(actOnObligation)
  actOnObligation(question: RequestOf<typeof actOnObligation>): Promise<ReplyOf<typeof actOnObligation>> {
    return this.obligations.act(question);
  }
}
