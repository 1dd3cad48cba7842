import { join } from 'node:path';

/** One process of a service: its own port, its own environment. */
export interface ServiceCommand {
  /** Unique in its group; replicas of a service are `scene-weaver#1`, `scene-weaver#2`. */
  name: string;
  command: readonly [string, ...string[]];
  port: number;
  env: Readonly<Record<string, string | undefined>>;
}

/** Answers and prompts are long and short-lived: with more room for the young, far fewer of them get old. */
const YOUNG_GENERATION = '--max-semi-space-size=32';

/** What every service process is told about the system around it. */
export interface ServiceSurroundings {
  /** The checkout; the compiled services are under its `dist/`. */
  root: string;
  databaseUrl: string;
  redisUrl: string;
  natsUrl: string;
  dataDir: string;
  /** What else the process inherits, such as API keys. */
  env: Readonly<Record<string, string | undefined>>;
}

/**
 * The command that runs a compiled service (`scene-weaver`, or a replica of it, `scene-weaver#2`) on a port. The
 * process ends by itself when this one, whose pid it is given, is gone.
 */
export function serviceCommand(
  name: string,
  port: number,
  surroundings: ServiceSurroundings,
  extra: Readonly<Record<string, string | undefined>> = {},
): ServiceCommand {
  const { root, databaseUrl, redisUrl, natsUrl, dataDir, env } = surroundings;
  const [app = name] = name.split('#');
  return {
    name,
    port,
    command: [process.execPath, YOUNG_GENERATION, join(root, 'dist', 'apps', app, 'src', 'main.js')],
    env: {
      ...env,
      PORT: String(port),
      HOST: '127.0.0.1',
      DATABASE_URL: databaseUrl,
      REDIS_URL: redisUrl,
      NATS_URL: natsUrl,
      FICTION_DATA_DIR: dataDir,
      FICTION_PARENT_PID: String(process.pid),
      LOG_LEVEL: env.LOG_LEVEL ?? 'info',
      ...extra,
    },
  };
}
