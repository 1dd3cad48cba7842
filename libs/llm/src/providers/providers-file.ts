import { ModelCallError } from '../client/failures/model-call.error';
import type { ProviderSettings } from './providers-file.schema';

/** Which provider and model a task uses; always explicit, there is no default model. */
export interface ModelBinding {
  provider: string;
  model: string;
}

/** The environment as it was handed in; the library itself reads none. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** The providers a process knows, and the only place that can read their keys. */
export class ProvidersFile {
  // Private for real, so that neither a log line nor an inspector prints a key.
  readonly #env: Environment;

  constructor(
    private readonly settings: ReadonlyMap<string, ProviderSettings>,
    env: Environment,
  ) {
    this.#env = env;
  }

  get names(): string[] {
    return [...this.settings.keys()];
  }

  /** The models that the file itself names, as those with a price. */
  get bindings(): ModelBinding[] {
    return [...this.settings].flatMap(([provider, { models = [], prices }]) =>
      [...new Set([...models, ...Object.keys(prices)])].map((model) => ({ provider, model })),
    );
  }

  get(name: string): ProviderSettings | undefined {
    return this.settings.get(name);
  }

  /**
   * The settings behind a binding.
   * @throws ModelCallError UNKNOWN_PROVIDER, or UNKNOWN_MODEL where the provider lists its models.
   */
  require(binding: ModelBinding): ProviderSettings {
    const found = this.settings.get(binding.provider);
    if (found === undefined) {
      const detail = `the providers are: ${this.names.join(', ')}; FICTION_PROVIDERS names the file that lists others`;
      throw new ModelCallError('UNKNOWN_PROVIDER', binding, detail);
    }
    if (found.models !== undefined && !found.models.includes(binding.model)) {
      throw new ModelCallError('UNKNOWN_MODEL', binding, `its models are: ${found.models.join(', ')}`);
    }
    return found;
  }

  /**
   * The provider's key, or undefined where it needs none. Read when used: a key that is missing for a provider nobody
   * uses is no error.
   * @throws ModelCallError PROVIDER_KEY_MISSING
   */
  apiKey(binding: ModelBinding): string | undefined {
    const settings = this.require(binding);
    if (settings.kind === 'rehearsal' || settings.apiKeyEnv === undefined) return undefined;
    const key = this.#env[settings.apiKeyEnv]?.trim();
    if (key === undefined || key === '') {
      throw new ModelCallError('PROVIDER_KEY_MISSING', binding, `set the environment variable ${settings.apiKeyEnv}`);
    }
    return key;
  }
}
