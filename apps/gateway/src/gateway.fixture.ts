import { Requester } from '@fiction/messaging';
import type { ServiceConfig } from '@fiction/platform';
import { createTestDatabase, startTestNats } from '@fiction/testing';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { Test } from '@nestjs/testing';
import { AccessTokens } from './access/access-tokens';
import type { Role } from './access/roles';
import { FakeServices } from './fake-services.fixture';
import { GatewayModule } from './gateway.module';
import { prepareGateway } from './prepare-gateway';

export const ADMIN_TOKEN = 'fw_admin-token-for-tests-0123456789';

interface Call extends Omit<RequestInit, 'headers'> {
  token?: string | null;
  headers?: Record<string, string>;
}

/** A gateway of its own for one test file: its database, its broker, and others played by `services`. */
export async function startGateway() {
  const [database, nats] = await Promise.all([createTestDatabase(), startTestNats()]);
  const services = new FakeServices();
  const config = gatewayConfig(database.url, nats.url);
  const module = await Test.createTestingModule({ imports: [GatewayModule.forService(config)] })
    .overrideProvider(Requester)
    .useValue(services)
    .compile();
  const app = module.createNestApplication<NestExpressApplication>({ bodyParser: false, logger: false });
  prepareGateway(app);
  await app.listen(0, '127.0.0.1');
  const url = (await app.getUrl()).replace('[::1]', '127.0.0.1');
  const tokens = app.get(AccessTokens);
  return {
    app,
    url,
    nats,
    services,
    tokens,
    tokenOf: async (role: Role) => (await tokens.issue({ name: role, role })).token,
    call: (path: string, { token = ADMIN_TOKEN, headers = {}, ...init }: Call = {}) =>
      fetch(`${url}${path}`, {
        ...init,
        headers: { ...(token !== null && { authorization: `Bearer ${token}` }), ...headers },
      }),
    stop: async () => {
      await app.close();
      await Promise.all([database.drop(), nats.stop()]);
    },
  };
}
export type TestGateway = Awaited<ReturnType<typeof startGateway>>;

function gatewayConfig(databaseUrl: string, natsUrl: string): ServiceConfig {
  return {
    service: 'gateway',
    host: '127.0.0.1',
    port: 0,
    databaseUrl,
    redisUrl: 'redis://127.0.0.1:1',
    natsUrl,
    logLevel: 'silent',
    providersPath: undefined,
    defaultBinding: { provider: 'rehearsal', model: 'novelist' },
    parentPid: undefined,
    bootstrapToken: ADMIN_TOKEN,
    concurrency: 4,
    databasePool: 4,
    queuePrefix: 'test',
    keys: {},
  };
}
