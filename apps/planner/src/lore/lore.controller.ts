import { requireLore, type ReplyOf, type RequestOf } from '@fiction/contracts';
import { AnswersRequest } from '@fiction/messaging';
import { Controller } from '@nestjs/common';
import { RequiredLore } from './required-lore';

/** Takes what people say the world must establish. */
@Controller()
export class LoreController {
  constructor(private readonly required: RequiredLore) {}

  @AnswersRequest(requireLore)
  async require(query: RequestOf<typeof requireLore>): Promise<ReplyOf<typeof requireLore>> {
    return this.required.require(query);
  }
}
