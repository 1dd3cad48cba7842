import { declareLore } from '@fiction/contracts';
import { MessageHandlers } from '@fiction/messaging';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { RequirementsRepository } from './requirements.repository';

/** Takes down what visions, blueprints and scrolls say the world must establish. */
@Injectable()
export class LoreDeclarations implements OnModuleInit {
  constructor(
    private readonly handlers: MessageHandlers,
    private readonly requirements: RequirementsRepository,
  ) {}

  onModuleInit(): void {
    this.handlers.register(declareLore, (declarations, uow) => this.requirements.declare(uow, declarations));
  }
}
