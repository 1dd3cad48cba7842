import { Requester } from '@fiction/messaging';
import type { ServiceConfig } from '@fiction/platform';
import { createTestDatabase, startTestNats } from '@fiction/testing';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { Test } from '@nestjs/testing';
import { AccessTokens } from './tokens/access-tokens';
import type { Role } from './access/roles';
import { FakeServices } from './fake-services.fixture';
import { GatewayModule } from './gateway.module';
import { openApiDocument } from './http/api-docs';
import { DescribedAnswers } from './http/described-answers.fixture';
import { prepareGateway } from './prepare-gateway';
import { TokenRegister, type NewToken } from './tokens/token-register';

export const ADMIN_TOKEN = 'fw_admin-token-for-tests-0123456789';

/** The description takes more than a second to make, and is the same for all test files that a worker runs. */
const once = globalThis as typeof globalThis & { fictionDescribedAnswers?: DescribedAnswers };

interface Call extends Omit<RequestInit, 'headers'> {
  token?: string | null;
  headers?: Record<string, string>;
}

/**
 * A gateway of its own for one test file: its database, its broker, and others played by `services`. `wayTo` may put
 * something between it and its database.
 */
export async function startGateway(
  settings: Partial<ServiceConfig> = {},
  wayTo: (databaseUrl: string) => Promise<string> = async (url) => url,
) {
  const [database, nats] = await Promise.all([createTestDatabase(), startTestNats()]);
  const services = new FakeServices();
  const config = { ...gatewayConfig(await wayTo(database.url), nats.url), ...settings };
  const { app, url } = await startReplica(config, services);
  const register = app.get(TokenRegister, { strict: false });
  const issue = async (wanted: NewToken) => {
    const { id, token } = await register.create(wanted, 'test', null);
    return { id, token: token! };
  };
  return {
    app,
    url,
    nats,
    database,
    services,
    tokens: app.get(AccessTokens),
    register,
    issue,
    tokenOf: async (role: Role) => (await issue({ name: role, role })).token,
    /** One more replica, on the same database and broker. */
    another: async () => {
      const replica = await startReplica(config, services);
      return { ...replica, stop: () => replica.app.close() };
    },
    /** Asks, and sees to it that what is answered is what the API's description says. */
    call: async (path: string, { token = ADMIN_TOKEN, headers = {}, ...init }: Call = {}) => {
      const response = await fetch(`${url}${path}`, {
        ...init,
        headers: { ...(token !== null && { authorization: `Bearer ${token}` }), ...headers },
      });
      once.fictionDescribedAnswers ??= new DescribedAnswers(openApiDocument(app));
      await once.fictionDescribedAnswers.check(init.method ?? 'GET', path, response);
      return response;
    },
    stop: async () => {
      await app.close();
      await Promise.all([database.drop(), nats.stop()]);
    },
  };
}
export type TestGateway = Awaited<ReturnType<typeof startGateway>>;

async function startReplica(config: ServiceConfig, services: FakeServices) {
  const module = await Test.createTestingModule({ imports: [GatewayModule.forService(config)] })
    .overrideProvider(Requester)
    .useValue(services)
    .compile();
  const app = module.createNestApplication<NestExpressApplication>({ bodyParser: false, logger: false });
  prepareGateway(app);
  await app.listen(0, '127.0.0.1');
  return { app, url: (await app.getUrl()).replace('[::1]', '127.0.0.1') };
}

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
    requestsPerMinute: 0,
    failedLoginsPerMinute: 0,
    concurrency: 4,
    databasePool: 4,
    queuePrefix: 'test',
    sweepSeconds: 5,
    resumeSeconds: 120,
    vanishedSeconds: 60,
    alerts: { blockedSeconds: 900, failures: 3, flapChanges: 20, flapMinutes: 10, refusals: 10 },
    keys: {},
  };
}
