import { auditRecorded } from '@fiction/contracts';
import { MessageHandlers } from '@fiction/messaging';
import { Injectable } from '@nestjs/common';
import { AuditStore } from './audit.store';

/** Writes down who wrote what through REST, each write once. */
@Injectable()
export class AuditRecorder {
  constructor(handlers: MessageHandlers, store: AuditStore) {
    handlers.register(auditRecorded, (records, uow) => store.add(uow, records));
  }
}
