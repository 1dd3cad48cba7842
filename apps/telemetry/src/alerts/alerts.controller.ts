import {
  acknowledgeAlert,
  listAlerts,
  readAlert,
  resolveAlert,
  type Alert,
  type ReplyOf,
  type RequestOf,
} from '@fiction/contracts';
import { AnswersRequest } from '@fiction/messaging';
import { Controller } from '@nestjs/common';
import { AlertStore } from './alert.store';

@Controller()
export class AlertsController {
  constructor(private readonly alerts: AlertStore) {}

  @AnswersRequest(listAlerts)
  async list(question: RequestOf<typeof listAlerts>): Promise<ReplyOf<typeof listAlerts>> {
    return this.alerts.list(question);
  }

  @AnswersRequest(readAlert)
  async read({ alertId }: RequestOf<typeof readAlert>): Promise<Alert> {
    return this.alerts.read(alertId);
  }

  @AnswersRequest(acknowledgeAlert)
  async acknowledge(question: RequestOf<typeof acknowledgeAlert>): Promise<Alert> {
    return this.alerts.acknowledge(question);
  }

  @AnswersRequest(resolveAlert)
  async resolve(question: RequestOf<typeof resolveAlert>): Promise<Alert> {
    return this.alerts.resolve(question);
  }
}
