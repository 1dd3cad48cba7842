import { listAudit, type ReplyOf, type RequestOf } from '@fiction/contracts';
import { AnswersRequest } from '@fiction/messaging';
import { Controller } from '@nestjs/common';
import { AuditStore } from './audit.store';

@Controller()
export class AuditController {
  constructor(private readonly store: AuditStore) {}

  @AnswersRequest(listAudit)
  async list(question: RequestOf<typeof listAudit>): Promise<ReplyOf<typeof listAudit>> {
    return this.store.page(question);
  }
}
