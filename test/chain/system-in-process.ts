import { SERVICES, type ServiceName } from '@fiction/contracts';
import { rehearse } from '@fiction/llm';
import { connectRequestServer } from '@fiction/messaging';
import { Clock, loadConfig, type ServiceConfig } from '@fiction/platform';
import {
  createTestDatabase,
  ManualClock,
  ModelServer,
  startTestNats,
  SystemClient,
  type TestDatabase,
  type TestNats,
} from '@fiction/testing';
import type { DynamicModule, Type } from '@nestjs/common';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { Test } from '@nestjs/testing';
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConductorModule } from '../../apps/conductor/src/conductor.module';
import { GatewayModule } from '../../apps/gateway/src/gateway.module';
import { prepareGateway } from '../../apps/gateway/src/prepare-gateway';
import { LoreFulfillmentModule } from '../../apps/lore-fulfillment/src/lore-fulfillment.module';
import { PlannerModule } from '../../apps/planner/src/planner.module';
import { SceneWeaverModule } from '../../apps/scene-weaver/src/scene-weaver.module';
import { TelemetryModule } from '../../apps/telemetry/src/telemetry.module';
import { WorldBibleModule } from '../../apps/world-bible/src/world-bible.module';

const MODULES: Record<ServiceName, (config: ServiceConfig) => DynamicModule> = {
  gateway: (config) => GatewayModule.forService(config),
  planner: (config) => PlannerModule.forConfig(config),
  'world-bible': (config) => WorldBibleModule.forConfig(config),
  'scene-weaver': (config) => SceneWeaverModule.forConfig(config),
  'lore-fulfillment': (config) => LoreFulfillmentModule.forConfig(config),
  telemetry: (config) => TelemetryModule.forService(config),
  conductor: (config) => ConductorModule.forConfig(config),
};

const TOKEN = 'fw_test-token-of-this-test-only-0123456789';

/**
 * Every service, whole, within this process, with a database and a NATS server of their own and one clock that the test
 * moves. Models are a server that counts and remembers every call, as the provider `wire`. Nothing sweeps by itself.
 */
export class SystemInProcess {
  readonly clock = new ManualClock();
  private readonly apps = new Map<ServiceName, NestExpressApplication>();
  private readonly queuePrefix = `test-${randomUUID()}`;

  private constructor(
    readonly models: ModelServer,
    readonly database: TestDatabase,
    readonly nats: TestNats,
    private readonly dir: string,
  ) {}

  /** @param settings of the provider `wire` */
  static async start(settings: object = {}): Promise<SystemInProcess> {
    const [models, database, nats, dir] = await Promise.all([
      ModelServer.start({ answer: ({ task, material }) => rehearse(task, material) }),
      createTestDatabase(),
      startTestNats(),
      mkdtemp(join(tmpdir(), 'fiction-chain-')),
    ]);
    const own = { kind: 'openai-compatible', baseUrl: models.baseUrl, lane: 'metal', concurrency: 16, stream: false };
    const wire = { ...own, ...settings };
    await writeFile(
      join(dir, 'providers.yaml'),
      JSON.stringify({ providers: { wire, rehearsal: { kind: 'rehearsal', lane: 'metal' } } }),
    );
    const system = new SystemInProcess(models, database, nats, dir);
    try {
      for (const service of SERVICES) await system.startService(service);
      return system;
    } catch (error) {
      await system.stop();
      throw error;
    }
  }

  async stop(): Promise<void> {
    await Promise.all([...this.apps.values()].map((app) => app.close()));
    await Promise.all([this.models.stop(), this.database.drop(), this.nats.stop()]);
    await rm(this.dir, { recursive: true, force: true });
  }

  /** A provider of one of the services. */
  get<T>(service: ServiceName, token: Type<T> | symbol): T {
    return this.apps.get(service)!.get<T>(token, { strict: false });
  }

  /** Speaks to the gateway as its admin. */
  client!: SystemClient;

  private async startService(service: ServiceName): Promise<void> {
    const config = loadConfig(service, {
      DATABASE_URL: this.database.url,
      NATS_URL: this.nats.url,
      REDIS_URL: process.env.FICTION_TEST_REDIS_URL,
      FICTION_QUEUE_PREFIX: this.queuePrefix,
      FICTION_PROVIDERS: join(this.dir, 'providers.yaml'),
      FICTION_BOOTSTRAP_TOKEN: TOKEN,
      FICTION_RATE_LIMIT_PER_MINUTE: '0',
      FICTION_DATABASE_POOL: '4',
      FICTION_SWEEP_SECONDS: '3600',
      LOG_LEVEL: 'silent',
    });
    const module = await Test.createTestingModule({ imports: [MODULES[service](config)] })
      .overrideProvider(Clock)
      .useValue(this.clock)
      .compile();
    const app = module.createNestApplication<NestExpressApplication>({ logger: false, bodyParser: false });
    if (service === 'gateway') prepareGateway(app);
    else connectRequestServer(app, config);
    await app.startAllMicroservices();
    await app.listen(0, '127.0.0.1');
    this.apps.set(service, app);
    if (service === 'gateway')
      this.client = new SystemClient((await app.getUrl()).replace('[::1]', '127.0.0.1'), TOKEN);
  }
}
