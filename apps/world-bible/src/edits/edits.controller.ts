import { addEntry, editEntry, lockEntry, type ReplyOf, type RequestOf } from '@fiction/contracts';
import { AnswersRequest } from '@fiction/messaging';
import { Controller } from '@nestjs/common';
import { EditsService } from './edits.service';

@Controller()
export class EditsController {
  constructor(private readonly edits: EditsService) {}

  @AnswersRequest(addEntry)
  addEntry(question: RequestOf<typeof addEntry>): Promise<ReplyOf<typeof addEntry>> {
    return this.edits.add(question);
  }

  @AnswersRequest(editEntry)
  editEntry(question: RequestOf<typeof editEntry>): Promise<ReplyOf<typeof editEntry>> {
    return this.edits.edit(question);
  }

  @AnswersRequest(lockEntry)
  lockEntry(question: RequestOf<typeof lockEntry>): Promise<ReplyOf<typeof lockEntry>> {
    return this.edits.lock(question);
  }
}
