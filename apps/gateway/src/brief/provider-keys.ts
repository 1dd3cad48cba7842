import { listProviders } from '@fiction/contracts';
import { Requester, ServiceUnavailableError } from '@fiction/messaging';
import { Injectable, Logger } from '@nestjs/common';
import { ProviderCatalogue, type BindableProviders } from './provider-catalogue';

/**
 * Which providers have their API keys. The gateway needs none and may have none, so it asks the conductor, which has
 * what the services with phases have and tells of a key only whether it is there.
 */
@Injectable()
export class ProviderKeys {
  private readonly log = new Logger(ProviderKeys.name);

  constructor(
    private readonly catalogue: ProviderCatalogue,
    private readonly requester: Requester,
  ) {}

  /** The providers, for checking one brief: keys may come and go. */
  async providers(): Promise<BindableProviders> {
    const without = await this.withoutKey();
    return this.catalogue.bindable((provider) => without.has(provider));
  }

  /** The conductor being away is no reason to refuse a brief: a run without its key fails with a clear code. */
  private async withoutKey(): Promise<ReadonlySet<string>> {
    if (this.catalogue.names.every((name) => this.catalogue.keyVariable(name) === undefined)) return new Set();
    try {
      const { providers } = await this.requester.ask(listProviders, {});
      return new Set(providers.filter(({ usable }) => !usable).map(({ name }) => name));
    } catch (error) {
      if (!(error instanceof ServiceUnavailableError)) throw error;
      this.log.warn(`could not check which API keys are set: ${error.message}`);
      return new Set();
    }
  }
}
