import {
  adoptBranch,
  archiveBranch,
  chooseBranch,
  compareBranches,
  forkBranch,
  listBranches,
  readColophon,
  type ReplyOf,
  type RequestOf,
} from '@fiction/contracts';
import { AnswersRequest } from '@fiction/messaging';
import { Controller } from '@nestjs/common';
import { BranchesReader } from './branches.reader';
import { BranchesService } from './branches.service';

/** Answers what others ask about branches, and does what they ask of them. */
@Controller()
export class BranchesController {
  constructor(
    private readonly reader: BranchesReader,
    private readonly branches: BranchesService,
  ) {}

  @AnswersRequest(listBranches)
  async list(query: RequestOf<typeof listBranches>): Promise<ReplyOf<typeof listBranches>> {
    return { items: await this.reader.list(query.planId) };
  }

  @AnswersRequest(chooseBranch)
  async choose({ planId, branch, toWrite }: RequestOf<typeof chooseBranch>): Promise<ReplyOf<typeof chooseBranch>> {
    return { branch: await this.reader[toWrite ? 'chooseToWrite' : 'choose'](planId, branch) };
  }

  @AnswersRequest(forkBranch)
  async fork(query: RequestOf<typeof forkBranch>): Promise<ReplyOf<typeof forkBranch>> {
    return this.branches.fork(query);
  }

  @AnswersRequest(adoptBranch)
  async adopt(query: RequestOf<typeof adoptBranch>): Promise<ReplyOf<typeof adoptBranch>> {
    return this.branches.adopt(query);
  }

  @AnswersRequest(archiveBranch)
  async archive(query: RequestOf<typeof archiveBranch>): Promise<ReplyOf<typeof archiveBranch>> {
    return this.branches.archive(query);
  }

  @AnswersRequest(compareBranches)
  async compare(query: RequestOf<typeof compareBranches>): Promise<ReplyOf<typeof compareBranches>> {
    return this.reader.compare(query);
  }

  @AnswersRequest(readColophon)
  async colophon(query: RequestOf<typeof readColophon>): Promise<ReplyOf<typeof readColophon>> {
    return this.reader.colophon(query);
  }
}
