import { ConfigError, SERVICE_CONFIG, type ServiceConfig } from '@fiction/platform';
import { loadProviders, type ProvidersFile } from '@fiction/llm';
import { Inject, Injectable } from '@nestjs/common';

/** What a brief may bind its phases to. */
export interface ProviderNames {
  readonly names: string[];
  has(provider: string): boolean;
  /** Whether a known provider may be asked for this model. */
  allows(provider: string, model: string): boolean;
  /** Whether a provider only pretends to be a model. */
  isRehearsal(provider: string): boolean;
}

/** The providers of this installation. The gateway knows their names and models, and never their keys. */
@Injectable()
export class ProviderCatalogue implements ProviderNames {
  private readonly file: ProvidersFile;

  constructor(@Inject(SERVICE_CONFIG) config: ServiceConfig) {
    this.file = loadProviders(config.providersPath, {});
    const { provider, model } = config.defaultBinding;
    if (!this.has(provider) || !this.allows(provider, model)) {
      throw new ConfigError(`FICTION_DEFAULT_PROVIDER and FICTION_DEFAULT_MODEL: there is no ${provider}/${model}`);
    }
  }

  get names(): string[] {
    return this.file.names;
  }

  has(provider: string): boolean {
    return this.file.get(provider) !== undefined;
  }

  allows(provider: string, model: string): boolean {
    return this.file.get(provider)?.models?.includes(model) ?? true;
  }

  isRehearsal(provider: string): boolean {
    return this.file.get(provider)?.kind === 'rehearsal';
  }
}
