import type { providerViewSchema } from '@fiction/contracts';
import { loadProviders, type ProviderSettings, type ProvidersFile } from '@fiction/llm';
import { METRICS_REGISTRY, SERVICE_CONFIG, type ServiceConfig } from '@fiction/platform';
import { Inject, Injectable } from '@nestjs/common';
import { Gauge, type Registry } from 'prom-client';
import type { z } from 'zod';

export type ProviderView = z.infer<typeof providerViewSchema>;

/** The lanes and who works in them, as the providers file has it. */
@Injectable()
export class ProviderCatalogue {
  private readonly providers: ProvidersFile;

  constructor(
    @Inject(SERVICE_CONFIG) private readonly config: ServiceConfig,
    @Inject(METRICS_REGISTRY) registry: Registry,
  ) {
    this.providers = loadProviders(config.providersPath, config.keys);
    const slots = new Gauge({
      name: 'fiction_lane_slots',
      help: 'Model calls that may be under way at once, of a rehearsal in each process, by lane and provider',
      labelNames: ['lane', 'provider'],
      registers: [registry],
    });
    for (const { lane, name, concurrency } of this.list()) slots.set({ lane, provider: name }, concurrency);
  }

  list(): ProviderView[] {
    return this.providers.names.map((name) => this.view(name, this.providers.get(name)!));
  }

  private view(name: string, settings: ProviderSettings): ProviderView {
    const problem = this.problemOf(settings);
    return {
      name,
      kind: settings.kind,
      lane: settings.lane,
      concurrency: settings.concurrency,
      requestsPerMinute: settings.requestsPerMinute ?? null,
      tokensPerMinute: settings.tokensPerMinute ?? null,
      models: settings.models ?? null,
      usable: problem === null,
      problem,
    };
  }

  /** Says which variable is missing; never what is in it. */
  private problemOf(settings: ProviderSettings): string | null {
    if (settings.kind === 'rehearsal' || settings.apiKeyEnv === undefined) return null;
    return this.config.keys[settings.apiKeyEnv]?.trim()
      ? null
      : `the environment variable ${settings.apiKeyEnv} is not set`;
  }
}
