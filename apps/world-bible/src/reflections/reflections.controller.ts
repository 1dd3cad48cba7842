import { fileReflection, type ReplyOf, type RequestOf } from '@fiction/contracts';
import { AnswersRequest } from '@fiction/messaging';
import { Controller } from '@nestjs/common';
import { FilingService } from './filing.service';

@Controller()
export class ReflectionsController {
  constructor(private readonly filing: FilingService) {}

  @AnswersRequest(fileReflection)
  async fileReflection(filing: RequestOf<typeof fileReflection>): Promise<ReplyOf<typeof fileReflection>> {
    await this.filing.file(filing);
    const { worldChanges, memories, obligationsOpened, obligationsResolved } = filing.reflection;
    return {
      changes: worldChanges.length,
      memories: memories.length,
      obligations: obligationsOpened.length + obligationsResolved.length,
    };
  }
}
