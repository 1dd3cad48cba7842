import { SERVICE_CONFIG, type ServiceConfig } from '@fiction/platform';
import { Inject, Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { AccessTokens } from './access-tokens';

/** Lets in whoever started the system: the token it was started with is an administrator's. */
@Injectable()
export class BootstrapToken implements OnModuleInit {
  private readonly log = new Logger(BootstrapToken.name);

  constructor(
    private readonly tokens: AccessTokens,
    @Inject(SERVICE_CONFIG) private readonly config: ServiceConfig,
  ) {}

  async onModuleInit(): Promise<void> {
    const token = this.config.bootstrapToken;
    if (token === undefined) {
      if (await this.tokens.none())
        this.log.warn('there is no access token yet, so nobody can use the API: set FICTION_BOOTSTRAP_TOKEN');
      return;
    }
    const good = await this.tokens.enthrone('bootstrap', 'bootstrap', 'admin', token);
    if (!good) this.log.warn('the token in FICTION_BOOTSTRAP_TOKEN is revoked; set another one');
  }
}
