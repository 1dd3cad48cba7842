import { ConfigError, loadConfig, schemaOf } from './service.config';

const whole = {
  DATABASE_URL: 'postgres://127.0.0.1:5432/fiction',
  REDIS_URL: 'redis://127.0.0.1:6379',
  NATS_URL: 'nats://127.0.0.1:4222',
};

function problemsOf(environment: Record<string, string | undefined>): string {
  try {
    loadConfig('planner', environment);
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigError);
    return (error as Error).message;
  }
  throw new Error('it was accepted');
}

describe('loadConfig', () => {
  it('needs only the three addresses', () => {
    expect(loadConfig('planner', whole)).toMatchObject({
      service: 'planner',
      host: '127.0.0.1',
      port: 0,
      logLevel: 'info',
      providersPath: undefined,
      defaultBinding: { provider: 'rehearsal', model: 'novelist' },
      queuePrefix: 'fiction',
      requestsPerMinute: 1_200,
      failedLoginsPerMinute: 60,
    });
  });

  it.each([
    { DATABASE_URL: 'postgres://me@%2Frun%2Fpostgresql:5432/fiction', REDIS_URL: 'unix:///run/redis.sock' },
    { DATABASE_URL: 'postgresql://me:salt@host/fiction?sslmode=verify-full', REDIS_URL: 'rediss://host:6380/1' },
  ])('takes sockets and TLS as they are given: %p', (addresses) => {
    expect(loadConfig('planner', { ...whole, ...addresses })).toMatchObject({
      databaseUrl: addresses.DATABASE_URL,
      redisUrl: addresses.REDIS_URL,
    });
  });

  it('names every variable that is wrong or missing at once', () => {
    const message = problemsOf({
      DATABASE_URL: 'mysql://127.0.0.1',
      REDIS_URL: 'nonsense',
      PORT: '70000',
      LOG_LEVEL: 'loud',
      FICTION_CONCURRENCY: '0',
      FICTION_DATABASE_POOL: 'many',
      FICTION_PARENT_PID: '-1',
      FICTION_RATE_LIMIT_PER_MINUTE: '-1',
      FICTION_FAILED_LOGINS_PER_MINUTE: 'few',
    });
    const variables = ['DATABASE_URL', 'REDIS_URL', 'NATS_URL', 'PORT', 'LOG_LEVEL', 'FICTION_CONCURRENCY'];
    const limits = ['FICTION_RATE_LIMIT_PER_MINUTE', 'FICTION_FAILED_LOGINS_PER_MINUTE'];
    for (const name of [...variables, ...limits, 'FICTION_DATABASE_POOL', 'FICTION_PARENT_PID'])
      expect(message).toContain(`${name}: `);
    expect(message).not.toContain('HOST');
  });

  it.each([
    { DATABASE_URL: 'postgres://me:100%zz@127.0.0.1/fiction' },
    { REDIS_URL: 'redis://me:100%@127.0.0.1:6379' },
    { NATS_URL: 'nats://me:100%zz@127.0.0.1:4222' },
  ])('names a variable with a % that escapes nothing, and how to write it: %p', (wrong) => {
    const message = problemsOf({ ...whole, ...wrong });
    expect(message).toMatch(new RegExp(`${Object.keys(wrong)[0]}: .*%25 for a %`));
    expect(message).not.toContain('100%');
  });

  it('never repeats a password', () => {
    expect(problemsOf({ ...whole, DATABASE_URL: 'mysql://me:secret@host/db' })).not.toContain('secret');
  });

  it.each(['', '   '])('takes %p for not set', (blank) => {
    const config = loadConfig('planner', {
      ...whole,
      HOST: blank,
      PORT: blank,
      FICTION_PARENT_PID: blank,
      FICTION_PROVIDERS: blank,
      FICTION_DEFAULT_PROVIDER: blank,
    });
    expect(config).toMatchObject({
      host: '127.0.0.1',
      parentPid: undefined,
      providersPath: undefined,
      defaultBinding: { provider: 'rehearsal' },
    });
    expect(problemsOf({ ...whole, NATS_URL: blank })).toContain('NATS_URL');
  });

  it('refuses a service that does not exist', () => {
    expect(() => loadConfig('printer' as never, whole)).toThrow('"printer" is not a service');
  });

  it('names schemas so that PostgreSQL needs no quotes', () => {
    expect(schemaOf('scene-weaver')).toBe('scene_weaver');
  });
});
