import { isNatsUrl, plainWords, SERVICES, type ServiceName } from '@fiction/contracts';
import { z } from 'zod';

const optionalText = z.string().trim().optional();

const count = (most: number) => z.coerce.number().int().min(1).max(most);

/** What URLs that are none are mostly wrong in. */
const ESCAPED = 'in which a password has %40 for an @, %2F for a /, %23 for a # and %25 for a %';

/** A URL whose escapes can be read: a `%` that stands for itself is found out here, not by whoever reads its parts. */
const serverUrl = (protocol: RegExp, what: string) =>
  z.url({ protocol, error: `must be a ${what} URL, ${ESCAPED}` }).refine(
    (url) => {
      try {
        return decodeURIComponent(url) !== '';
      } catch {
        return false;
      }
    },
    { error: `has a % that escapes nothing; it must be a ${what} URL, ${ESCAPED}` },
  );

const environmentSchema = z.object({
  HOST: z.string().default('127.0.0.1'),
  PORT: z.coerce.number().int().min(0).max(65_535).default(0),
  DATABASE_URL: serverUrl(/^postgres(ql)?$/, 'postgres://'),
  REDIS_URL: serverUrl(/^(rediss?|unix)$/, 'redis:// or unix:///'),
  NATS_URL: z.string().refine(isNatsUrl, { error: `must be a nats:// URL, ${ESCAPED}` }),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  FICTION_PROVIDERS: optionalText,
  FICTION_DEFAULT_PROVIDER: z.string().default('rehearsal'),
  FICTION_DEFAULT_MODEL: z.string().default('novelist'),
  FICTION_PARENT_PID: z.coerce.number().int().min(1).optional(),
  FICTION_BOOTSTRAP_TOKEN: z
    .string()
    .trim()
    .regex(/^[\x21-\x7e]{16,}$/, { error: 'must be 16 or more printable characters without spaces' })
    .optional(),
  FICTION_RATE_LIMIT_PER_MINUTE: z.coerce.number().int().min(0).max(1_000_000).default(1_200),
  FICTION_FAILED_LOGINS_PER_MINUTE: z.coerce.number().int().min(0).max(1_000_000).default(60),
  FICTION_CONCURRENCY: z.coerce.number().int().min(1).max(1024).default(32),
  FICTION_DATABASE_POOL: z.coerce.number().int().min(2).max(100).default(10),
  FICTION_QUEUE_PREFIX: z.string().default('fiction'),
  FICTION_SWEEP_SECONDS: count(3_600).default(5),
  FICTION_RESUME_SECONDS: count(86_400).default(120),
  FICTION_VANISHED_SECONDS: count(86_400).default(60),
  FICTION_ALERT_BLOCKED_SECONDS: count(31_536_000).default(900),
  FICTION_ALERT_FAILURES: count(1_000).default(3),
  FICTION_ALERT_FLAP_CHANGES: count(1_000).default(20),
  FICTION_ALERT_FLAP_MINUTES: count(1_440).default(10),
  FICTION_ALERT_REFUSALS: count(1_000).default(10),
});

/** When telemetry opens an alert; docs/alerts.md tells of each. */
export interface AlertSettings {
  /** A run that is blocked for longer. */
  blockedSeconds: number;
  /** A run that has failed so often. */
  failures: number;
  /** A run whose status changes more often than `flapChanges` within `flapMinutes`. */
  flapChanges: number;
  flapMinutes: number;
  /** A provider that brings so many refusals in a row. */
  refusals: number;
}

/** Everything a service is told from outside. The only reader of the environment is `loadConfig`. */
export interface ServiceConfig {
  service: ServiceName;
  host: string;
  /** 0: any free port. */
  port: number;
  /** `postgres://user@host:port/database`; as host, the folder of a Unix socket with its slashes escaped. */
  databaseUrl: string;
  /** `redis://host:port`, `rediss://…`, or `unix:///path/of/socket`. */
  redisUrl: string;
  /** `nats://host:port`, or several with commas in between; `tls://…` where only TLS will do. */
  natsUrl: string;
  logLevel: string;
  /** Path of the providers file; absent: only the built-in rehearsal. */
  providersPath: string | undefined;
  defaultBinding: { provider: string; model: string };
  /** The process that started this one; when it is gone, so is this one. */
  parentPid: number | undefined;
  /** The admin token to accept, made by whoever started the system. */
  bootstrapToken: string | undefined;
  /** Requests that a replica of the gateway answers to one token in a minute; 0: any number. */
  requestsPerMinute: number;
  /** Requests without a good token that it looks at from one address in a minute; 0: any number. */
  failedLoginsPerMinute: number;
  /** Runs at once in this process, beside as many that it may take over from one that is gone. */
  concurrency: number;
  /** PostgreSQL connections of this process, the liveness connection apart. */
  databasePool: number;
  queuePrefix: string;
  /** Pause between two looks for what only the time brings about. */
  sweepSeconds: number;
  /** What is resumed should have begun within this time. */
  resumeSeconds: number;
  /** What is queued or running for so long without a word is asked after. */
  vanishedSeconds: number;
  alerts: AlertSettings;
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
  const parsed = environmentSchema.safeParse(given, { error: plainWords });
  if (!parsed.success) {
    const problems = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
    throw new ConfigError(`The environment of ${service} is not valid:\n  ${problems.join('\n  ')}`);
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
    requestsPerMinute: env.FICTION_RATE_LIMIT_PER_MINUTE,
    failedLoginsPerMinute: env.FICTION_FAILED_LOGINS_PER_MINUTE,
    concurrency: env.FICTION_CONCURRENCY,
    databasePool: env.FICTION_DATABASE_POOL,
    queuePrefix: env.FICTION_QUEUE_PREFIX,
    sweepSeconds: env.FICTION_SWEEP_SECONDS,
    resumeSeconds: env.FICTION_RESUME_SECONDS,
    vanishedSeconds: env.FICTION_VANISHED_SECONDS,
    alerts: {
      blockedSeconds: env.FICTION_ALERT_BLOCKED_SECONDS,
      failures: env.FICTION_ALERT_FAILURES,
      flapChanges: env.FICTION_ALERT_FLAP_CHANGES,
      flapMinutes: env.FICTION_ALERT_FLAP_MINUTES,
      refusals: env.FICTION_ALERT_REFUSALS,
    },
    keys: environment,
  };
}

/** Name of the PostgreSQL schema a service owns. */
export function schemaOf(service: ServiceName): string {
  return service.replaceAll('-', '_');
}
