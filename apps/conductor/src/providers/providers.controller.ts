import { listProviders, type ReplyOf, type RequestOf } from '@fiction/contracts';
import { AnswersRequest } from '@fiction/messaging';
import { Controller } from '@nestjs/common';
import { ProviderCatalogue } from './provider-catalogue';

/** Answers what others ask about providers. */
@Controller()
export class ProvidersController {
  constructor(private readonly catalogue: ProviderCatalogue) {}

  @AnswersRequest(listProviders)
  async list(_query: RequestOf<typeof listProviders>): Promise<ReplyOf<typeof listProviders>> {
    return { providers: this.catalogue.list() };
  }
}
