import { SERVICES, type ServiceName } from '@fiction/contracts';
import { z } from 'zod';

const optionalText = z.string().trim().optional();

const environmentSchema = z.object({
  HOST: z.string().default('127.0.0.1'),
  PORT: z.coerce.number().int().min(0).max(65_535).default(0),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/, error: 'must be a postgres:// URL' }),
  REDIS_URL: z.url({ protocol: /^rediss?$/, error: 'must be a redis:// URL' }),
  NATS_URL: z.url({ protocol: /^(nats|tls)$/, error: 'must be a nats:// URL' }),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  FICTION_PROVIDERS: optionalText,
  FICTION_DEFAULT_PROVIDER: z.string().default('rehearsal'),
  FICTION_DEFAULT_MODEL: z.string().default('novelist'),
  FICTION_PARENT_PID: z.coerce.number().int().min(1).optional(),
  FICTION_BOOTSTRAP_TOKEN: optionalText,
  FICTION_CONCURRENCY: z.coerce.number().int().min(1).max(1024).default(32),
  FICTION_DATABASE_POOL: z.coerce.number().int().min(2).max(100).default(10),
  FICTION_QUEUE_PREFIX: z.string().default('fiction'),
});

/** Everything a service is told from outside. The only reader of the environment is `loadConfig`. */
export interface ServiceConfig {
  service: ServiceName;
  host: string;
  /** 0: any free port. */
  port: number;
  databaseUrl: string;
  redisUrl: string;
  natsUrl: string;
  logLevel: string;
  /** Path of the providers file; absent: only the built-in rehearsal. */
  providersPath: string | undefined;
  defaultBinding: { provider: string; model: string };
  /** The process that started this one; when it is gone, so is this one. */
  parentPid: number | undefined;
  /** The admin token to accept, made by whoever started the system. */
  bootstrapToken: string | undefined;
  /** Runs at once in this process. */
  concurrency: number;
  /** PostgreSQL connections of this process, the liveness connection apart. */
  databasePool: number;
  queuePrefix: string;
  /** Where the API keys that the providers file names are looked up, when they are used. */
  keys: Readonly<Record<string, string | undefined>>;
}

export const SERVICE_CONFIG = Symbol('SERVICE_CONFIG');

/** The environment is wrong; the message names every variable at fault. */
export class ConfigError extends Error {
  readonly code = 'CONFIG_INVALID';
}

/** Reads and checks the environment, whole, before anything is started with it. */
export function loadConfig(service: ServiceName, environment: NodeJS.ProcessEnv = process.env): ServiceConfig {
  if (!SERVICES.includes(service)) throw new ConfigError(`"${service}" is not a service`);
  // Compose files and charts pass what is not set as empty.
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value?.trim() !== ''));
  const parsed = environmentSchema.safeParse(given);
  if (!parsed.success) {
    const problems = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
    throw new ConfigError(`The environment of ${service} is not usable:\n  ${problems.join('\n  ')}`);
  }
  const env = parsed.data;
  return {
    service,
    host: env.HOST,
    port: env.PORT,
    databaseUrl: env.DATABASE_URL,
    redisUrl: env.REDIS_URL,
    natsUrl: env.NATS_URL,
    logLevel: env.LOG_LEVEL,
    providersPath: env.FICTION_PROVIDERS,
    defaultBinding: { provider: env.FICTION_DEFAULT_PROVIDER, model: env.FICTION_DEFAULT_MODEL },
    parentPid: env.FICTION_PARENT_PID,
    bootstrapToken: env.FICTION_BOOTSTRAP_TOKEN,
    concurrency: env.FICTION_CONCURRENCY,
    databasePool: env.FICTION_DATABASE_POOL,
    queuePrefix: env.FICTION_QUEUE_PREFIX,
    keys: environment,
  };
}

/** Name of the PostgreSQL schema a service owns. */
export function schemaOf(service: ServiceName): string {
  return service.replaceAll('-', '_');
}
