import { listProviders, type ReplyOf } from '@fiction/contracts';
import { AnswersRequest } from '@fiction/messaging';
import { Controller } from '@nestjs/common';
import { ProviderCatalogue } from './provider-catalogue';

/** Answers what others ask about providers. */
@Controller()
export class ProvidersController {
  constructor(private readonly catalogue: ProviderCatalogue) {}

  @AnswersRequest(listProviders)
  async list(): Promise<ReplyOf<typeof listProviders>> {
    return { providers: this.catalogue.list() };
  }
}
