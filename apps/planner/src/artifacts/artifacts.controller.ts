import {
  listBlueprints,
  listPasses,
  listScenes,
  listScrolls,
  readScene,
  readSceneLore,
  readScroll,
  type ReplyOf,
  type RequestOf,
} from '@fiction/contracts';
import { AnswersRequest } from '@fiction/messaging';
import { Controller } from '@nestjs/common';
import { SceneLore } from '../lore/scene-lore';
import { ArtifactsRepository } from './artifacts.repository';

/** Answers what others ask about passes, blueprints, scrolls and scenes. */
@Controller()
export class ArtifactsController {
  constructor(
    private readonly artifacts: ArtifactsRepository,
    private readonly lore: SceneLore,
  ) {}

  @AnswersRequest(listPasses)
  async passes(query: RequestOf<typeof listPasses>): Promise<ReplyOf<typeof listPasses>> {
    return this.artifacts.passes(query);
  }

  @AnswersRequest(listBlueprints)
  async blueprints(query: RequestOf<typeof listBlueprints>): Promise<ReplyOf<typeof listBlueprints>> {
    return this.artifacts.blueprints(query);
  }

  @AnswersRequest(listScrolls)
  async scrolls(query: RequestOf<typeof listScrolls>): Promise<ReplyOf<typeof listScrolls>> {
    return this.artifacts.scrolls(query);
  }

  @AnswersRequest(readScroll)
  async scroll(query: RequestOf<typeof readScroll>): Promise<ReplyOf<typeof readScroll>> {
    return this.artifacts.scroll(query.planId, query.branch, query.scrollId);
  }

  @AnswersRequest(listScenes)
  async scenes(query: RequestOf<typeof listScenes>): Promise<ReplyOf<typeof listScenes>> {
    return this.artifacts.scenes(query);
  }

  @AnswersRequest(readScene)
  async scene(query: RequestOf<typeof readScene>): Promise<ReplyOf<typeof readScene>> {
    return this.artifacts.scene(query.planId, query.branch, query.sceneId);
  }

  @AnswersRequest(readSceneLore)
  async sceneLore(query: RequestOf<typeof readSceneLore>): Promise<ReplyOf<typeof readSceneLore>> {
    return this.lore.ofScene(query.planId, query.branch, query);
  }
}
