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

/** The same, and whether what it binds could run just now. */
export interface BindableProviders extends ProviderNames {
  /** What phases get that a brief does not bind. */
  readonly defaultProvider: string;
  /** The only models of a provider that may be bound; undefined where any may. */
  models(provider: string): readonly string[] | undefined;
  /** The environment variable a provider needs and does not have. */
  missingKey(provider: string): string | undefined;
}

/** The providers of this installation. The gateway knows their names and models, and never their keys. */
@Injectable()
export class ProviderCatalogue implements ProviderNames {
  readonly defaultProvider: string;
  private readonly file: ProvidersFile;

  constructor(@Inject(SERVICE_CONFIG) config: ServiceConfig) {
    this.file = loadProviders(config.providersPath, {});
    const { provider, model } = config.defaultBinding;
    this.defaultProvider = provider;
    if (!this.has(provider) || !this.allows(provider, model)) {
      throw new ConfigError(this.noDefault(provider, model, config.providersPath));
    }
  }

  /** What a brief without bindings would get is not there: says what is, and where each can be set. */
  private noDefault(provider: string, model: string, path: string | undefined): string {
    const models = this.file.get(provider)?.models;
    const there = models === undefined ? this.names.join(', ') : models.map((name) => `${provider}/${name}`).join(', ');
    const known = path === undefined ? `without a providers file there is only ${there}` : `${path} has ${there}`;
    return (
      `there is no ${provider}/${model}, which a brief without bindings would use: ${known}. ` +
      'Set FICTION_DEFAULT_PROVIDER and FICTION_DEFAULT_MODEL to one of these, or FICTION_PROVIDERS to a file that has it; ' +
      'a brief with bindings of its own, such as the sample, needs what they name.'
    );
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

  /** The environment variable that holds a provider's key; undefined where it needs none. */
  keyVariable(provider: string): string | undefined {
    const settings = this.file.get(provider);
    return settings === undefined || settings.kind === 'rehearsal' ? undefined : settings.apiKeyEnv;
  }

  isRehearsal(provider: string): boolean {
    return this.file.get(provider)?.kind === 'rehearsal';
  }

  /** The same for checking a brief, by who knows whether a provider lacks its key. */
  bindable(lacksKey: (provider: string) => boolean): BindableProviders {
    return {
      names: this.names,
      defaultProvider: this.defaultProvider,
      has: (provider) => this.has(provider),
      allows: (provider, model) => this.allows(provider, model),
      models: (provider) => this.file.get(provider)?.models,
      isRehearsal: (provider) => this.isRehearsal(provider),
      missingKey: (provider) => (lacksKey(provider) ? this.keyVariable(provider) : undefined),
    };
  }
}
