import { Global, Logger, Module, type DynamicModule } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { Client } from 'pg';
import { DataSource, type DataSourceOptions } from 'typeorm';
import type { PostgresDataSourceOptions } from 'typeorm/driver/postgres/PostgresDataSourceOptions';
import { schemaOf, SERVICE_CONFIG, type ServiceConfig } from '../config/service.config';
import { Database } from './database';
import { HealthRegistry } from '../health/health.registry';

/** The tables of a service: TypeORM classes, listed, never found by glob. */
export interface DatabaseTables {
  entities: NonNullable<DataSourceOptions['entities']>;
  migrations: NonNullable<DataSourceOptions['migrations']>;
}

/**
 * Longest time of one statement, and of a transaction that asks for nothing, in milliseconds: nobody holds locks, or
 * waits for them, without bound. A migration that needs longer says `SET LOCAL statement_timeout = 0`.
 */
const STATEMENT_LIMIT_MS = 60_000;
/** PostgreSQL takes a client whose host fell silent for dead after about 15 seconds, and gives its locks away. */
export const NOTICE_DEAD_CLIENTS = '-c tcp_keepalives_idle=5 -c tcp_keepalives_interval=2 -c tcp_keepalives_count=5';
/**
 * What services look up lies in memory or on a disk that does not seek. PostgreSQL's default supposes one that does, and has
 * tables of some thousand rows read whole for one of them, as long as it has not counted their rows.
 */
const INDEXES_ARE_CHEAP = '-c random_page_cost=1.1';

/** How a service reaches its schema; `search_path` makes plain SQL find it. */
export function dataSourceOptions(config: ServiceConfig, tables: DatabaseTables): PostgresDataSourceOptions {
  const schema = schemaOf(config.service);
  return {
    type: 'postgres',
    url: config.databaseUrl,
    schema,
    entities: tables.entities,
    migrations: tables.migrations,
    migrationsTransactionMode: 'each',
    applicationName: `fiction-${config.service}`,
    extra: {
      // Statements are short and many: compiling one takes longer than running it.
      options: `-c search_path=${schema} -c jit=off ${INDEXES_ARE_CHEAP} ${NOTICE_DEAD_CLIENTS} -c statement_timeout=${STATEMENT_LIMIT_MS} -c idle_in_transaction_session_timeout=${STATEMENT_LIMIT_MS}`,
      max: config.databasePool,
      idleTimeoutMillis: 60_000,
      connectionTimeoutMillis: 5_000,
      keepAlive: true,
      keepAliveInitialDelayMillis: 10_000,
    },
    poolErrorHandler: (error: unknown) => new Logger('Database').warn(`an idle connection ended: ${String(error)}`),
  };
}

/** Creates the schema and brings its tables up to date; replicas that start together take turns. */
export async function migrate(config: ServiceConfig, dataSource: DataSource): Promise<void> {
  const turn = new Client({ connectionString: config.databaseUrl });
  // A connection that breaks while it only holds the lock is told of by the next statement.
  turn.on('error', () => undefined);
  await turn.connect();
  try {
    await turn.query('SELECT pg_advisory_lock(hashtext($1))', [`migrate:${config.service}`]);
    await turn.query(`CREATE SCHEMA IF NOT EXISTS "${schemaOf(config.service)}"`);
    await dataSource.runMigrations();
  } finally {
    await turn.end();
  }
}

/** The service's own schema, migrated before anything uses it. */
@Global()
@Module({})
export class DatabaseModule {
  static forTables(tables: DatabaseTables): DynamicModule {
    return {
      module: DatabaseModule,
      providers: [Database],
      exports: [Database],
      imports: [
        TypeOrmModule.forRootAsync({
          inject: [SERVICE_CONFIG, HealthRegistry],
          useFactory: (config: ServiceConfig, health: HealthRegistry) => ({
            ...dataSourceOptions(config, tables),
            retryAttempts: 10,
            retryDelay: 500,
            health,
            config,
          }),
          dataSourceFactory: async (options) => {
            const { health, config, ...rest } = options as DataSourceOptions & {
              health: HealthRegistry;
              config: ServiceConfig;
            };
            const dataSource = await new DataSource(rest).initialize();
            await migrate(config, dataSource);
            health.register('database', async () => {
              await dataSource.query('SELECT 1');
              return undefined;
            });
            return dataSource;
          },
        }),
      ],
    };
  }
}
