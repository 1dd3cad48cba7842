import { Global, Logger, Module, type DynamicModule } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { Client } from 'pg';
import { DataSource, type DataSourceOptions } from 'typeorm';
import type { PostgresDataSourceOptions } from 'typeorm/driver/postgres/PostgresDataSourceOptions';
import { schemaOf, SERVICE_CONFIG, type ServiceConfig } from '../config/service.config';
import { checkFitness, checkNotNewer, whyNotConnected } from './check-fitness';
import { connectionSettings } from './connection-settings';
import { Database } from './database';
import { HealthRegistry } from '../health/health.registry';
import { STATEMENT_LIMIT_MS } from './statement-limit';
import { UnfitDatabaseError } from './unfit-database.error';

/** The tables of a service: TypeORM classes, listed, never found by glob. */
export interface DatabaseTables {
  entities: NonNullable<DataSourceOptions['entities']>;
  migrations: NonNullable<DataSourceOptions['migrations']>;
}

/**
 * What services look up lies in memory or on a disk that does not seek. PostgreSQL's default supposes one that does, and has
 * tables of some thousand rows read whole for one of them, as long as it has not counted their rows.
 */
const INDEXES_ARE_CHEAP = { random_page_cost: 1.1 };

/** How a service reaches its schema. */
export function dataSourceOptions(config: ServiceConfig, tables: DatabaseTables): PostgresDataSourceOptions {
  const { connectionString, options } = connectionSettings(config, {
    // Statements are short and many: compiling one takes longer than running it.
    jit: 'off',
    ...INDEXES_ARE_CHEAP,
    statement_timeout: STATEMENT_LIMIT_MS,
    idle_in_transaction_session_timeout: STATEMENT_LIMIT_MS,
  });
  return {
    type: 'postgres',
    url: connectionString,
    schema: schemaOf(config.service),
    entities: tables.entities,
    migrations: tables.migrations,
    migrationsTransactionMode: 'each',
    applicationName: `fiction-${config.service}`,
    extra: {
      options,
      max: config.databasePool,
      idleTimeoutMillis: 60_000,
      connectionTimeoutMillis: 5_000,
      keepAlive: true,
      keepAliveInitialDelayMillis: 10_000,
    },
    poolErrorHandler: (error: unknown) => new Logger('Database').warn(`an idle connection ended: ${String(error)}`),
  };
}

/**
 * Creates the schema and brings its tables up to date; replicas that start together take turns.
 * @throws {UnfitDatabaseError} before anything is created, if the service could not work with the database, or if a newer
 *   version has brought the tables up to date already
 */
export async function migrate(config: ServiceConfig, dataSource: DataSource): Promise<void> {
  // Whoever waits for its turn waits as long as the migrations of another take.
  const turn = new Client(connectionSettings(config, { statement_timeout: 0 }));
  // A connection that breaks while it only holds the lock is told of by the next statement.
  turn.on('error', () => undefined);
  await turn.connect();
  try {
    await checkFitness(turn, schemaOf(config.service));
    await turn.query('SELECT pg_advisory_lock(hashtext($1))', [`migrate:${config.service}`]);
    await checkNotNewer(turn, dataSource, config.service);
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
            toRetry: (error: unknown) => !(error instanceof UnfitDatabaseError),
            health,
            config,
          }),
          dataSourceFactory: async (options) => {
            const { health, config, ...rest } = options as DataSourceOptions & {
              health: HealthRegistry;
              config: ServiceConfig;
            };
            const dataSource = await new DataSource(rest).initialize().catch((error: unknown) => {
              throw whyNotConnected(error);
            });
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
