import { readSceneContext, type ReplyOf, type RequestOf } from '@fiction/contracts';
import { AnswersRequest } from '@fiction/messaging';
import { Controller } from '@nestjs/common';
import { SceneContextService } from './scene-context.service';

@Controller()
export class ContextController {
  constructor(private readonly contexts: SceneContextService) {}

  @AnswersRequest(readSceneContext)
  readSceneContext(question: RequestOf<typeof readSceneContext>): Promise<ReplyOf<typeof readSceneContext>> {
    return this.contexts.read(question);
  }
}
