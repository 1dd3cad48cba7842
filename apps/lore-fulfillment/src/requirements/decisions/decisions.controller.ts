import {
  approveLore,
  fulfilLore,
  InvalidInputError,
  rejectLore,
  supplyLore,
  waiveLore,
  type ReplyOf,
  type RequestOf,
} from '@fiction/contracts';
import { AnswersRequest, MessageHandlers } from '@fiction/messaging';
import { Controller, type OnModuleInit } from '@nestjs/common';
import { DecisionsService } from './decisions.service';

type Reply = Promise<ReplyOf<typeof approveLore>>;

/** What people do about requirements. */
@Controller()
export class DecisionsController implements OnModuleInit {
  constructor(
    private readonly handlers: MessageHandlers,
    private readonly decisions: DecisionsService,
  ) {}

  onModuleInit(): void {
    this.handlers.register(supplyLore, (supplies, uow) => this.decisions.supply(uow, supplies));
  }

  @AnswersRequest(fulfilLore)
  async fulfil({ entry, text, ...asked }: RequestOf<typeof fulfilLore>): Reply {
    if (entry !== undefined && text !== undefined) {
      const message = 'must not be given together with entry';
      throw new InvalidInputError('The request is not valid.', [{ field: 'text', message }]);
    }
    return this.decisions.fulfil(asked, { entry, text });
  }

  @AnswersRequest(approveLore)
  async approve(asked: RequestOf<typeof approveLore>): Reply {
    return this.decisions.approve(asked);
  }

  @AnswersRequest(rejectLore)
  async reject({ reason, ...asked }: RequestOf<typeof rejectLore>): Reply {
    return this.decisions.reject(asked, reason);
  }

  @AnswersRequest(waiveLore)
  async waive({ note, ...asked }: RequestOf<typeof waiveLore>): Reply {
    return this.decisions.waive(asked, note);
  }
}
