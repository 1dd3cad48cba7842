import { fileReflection, type ReplyOf, type RequestOf } from '@fiction/contracts';
import { AnswersRequest } from '@fiction/messaging';
import { ForkedBranches } from '@fiction/runtime';
import { Controller } from '@nestjs/common';
import { ReflectionsRepository } from './reflections.repository';

@Controller()
export class ReflectionsController {
  constructor(
    private readonly reflections: ReflectionsRepository,
    private readonly branches: ForkedBranches,
  ) {}

  @AnswersRequest(fileReflection)
  async fileReflection(filing: RequestOf<typeof fileReflection>): Promise<ReplyOf<typeof fileReflection>> {
    await this.branches.require(filing.planId, filing.branch);
    await this.reflections.file(filing);
    const { worldChanges, memories, obligationsOpened, obligationsResolved } = filing.reflection;
    return {
      changes: worldChanges.length,
      memories: memories.length,
      obligations: obligationsOpened.length + obligationsResolved.length,
    };
  }
}
