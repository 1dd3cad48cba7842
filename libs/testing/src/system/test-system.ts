import { SERVICES, type ServiceName } from '@fiction/contracts';
import {
  ensureBinaries,
  freePort,
  ProcessGroup,
  serviceCommand,
  startNats,
  startPostgres,
  startRedis,
  type NatsInstance,
  type PostgresInstance,
  type PrivateInstance,
} from '@fiction/stack';
import { chmod, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SystemClient } from './system-client';

export interface TestSystemOptions {
  /** The checkout whose dist/ is run. */
  root: string;
  /** Processes of a service; one unless said otherwise. */
  replicas?: Partial<Record<ServiceName, number>>;
  /** Added to the environment of every service. */
  env?: Record<string, string>;
  /** PostgreSQL that survives a power cut, as in production; off by default, because tests are many. */
  durable?: boolean;
  /** PostgreSQL, Redis and NATS only; the services come with `startServices`. */
  onlyServers?: boolean;
}

const TOKEN = 'fw_test-token-of-this-machine-only-0123456789abcdef';

/** The whole system as processes on this machine, with servers of its own: to be used, and to be killed. */
export class TestSystem {
  private constructor(
    readonly options: TestSystemOptions,
    readonly dir: string,
    readonly postgres: PostgresInstance,
    readonly redis: PrivateInstance,
    readonly nats: NatsInstance,
    readonly processes: ProcessGroup,
  ) {}

  static async start(options: TestSystemOptions): Promise<TestSystem> {
    const dir = await mkdtemp(join(tmpdir(), 'fiction-system-'));
    await chmod(dir, 0o711);
    await mkdir(join(dir, 'logs'));
    const log = (line: string): void => void process.stderr.write(`${line}\n`);
    const binaries = await ensureBinaries({ env: process.env, logFile: join(dir, 'logs', 'install.log'), log });
    const at = (name: string) => ({ dir: join(dir, name), logFile: join(dir, 'logs', `${name}.log`) });
    const [postgres, redis, nats] = await Promise.all([
      startPostgres({ ...at('postgres'), binaries, durable: options.durable ?? false, database: 'fiction' }),
      startRedis({ ...at('redis'), binary: binaries.redisServer }),
      startNats({ ...at('nats'), binary: binaries.natsServer }),
    ]);
    const processes = new ProcessGroup({
      cwd: options.root,
      logFile: (name) => join(dir, 'logs', `${name}.log`),
    });
    const system = new TestSystem(options, dir, postgres, redis, nats, processes);
    try {
      if (options.onlyServers !== true) await system.startServices();
      return system;
    } catch (error) {
      await system.stop();
      throw error;
    }
  }

  /** For what becomes known only once the servers run, such as a path in `dir`; before `startServices`. */
  addEnvironment(more: Record<string, string>): void {
    this.options.env = { ...this.options.env, ...more };
  }

  /** Names of a service's processes: `scene-weaver`, or `scene-weaver#1`, `scene-weaver#2`, … */
  namesOf(service: ServiceName): string[] {
    const count = this.options.replicas?.[service] ?? 1;
    return count === 1 ? [service] : Array.from({ length: count }, (_, index) => `${service}#${index + 1}`);
  }

  async startServices(): Promise<void> {
    const surroundings = {
      root: this.options.root,
      databaseUrl: this.postgres.url,
      redisUrl: this.redis.url,
      natsUrl: this.nats.url,
      dataDir: this.dir,
      env: {
        PATH: process.env.PATH,
        LOG_LEVEL: process.env.LOG_LEVEL ?? 'info',
        // Tests look far more often than people do.
        FICTION_RATE_LIMIT_PER_MINUTE: '0',
        ...this.options.env,
      },
    };
    const names = SERVICES.flatMap((service) => this.namesOf(service));
    const commands = await Promise.all(
      names.map(async (name) =>
        serviceCommand(name, await freePort(), surroundings, { FICTION_BOOTSTRAP_TOKEN: TOKEN }),
      ),
    );
    await this.processes.startAll(commands);
  }

  /** Speaks to the gateway as its admin. */
  get client(): SystemClient {
    return new SystemClient(this.processes.urlOf(this.namesOf('gateway')[0]!), TOKEN);
  }

  logFile(name: string): string {
    return join(this.dir, 'logs', `${name}.log`);
  }

  async stop(): Promise<void> {
    await this.processes.stopAll();
    await Promise.all([this.postgres.kill(), this.redis.kill(), this.nats.kill()]);
    await rm(this.dir, { recursive: true, force: true, maxRetries: 5 });
  }
}
