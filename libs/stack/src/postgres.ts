import type { ClientConfig } from 'pg';
import { freePort } from './free-port';
import { preparePostgresData } from './postgres-data';
import { type InstanceOptions, PrivateInstance, startOnPort } from './private-instance';
import { unprivilegedUser } from './unix-user';
import { visitPostgres } from './visit-postgres';

const SUPERUSER = 'fiction';

/** How to run a private PostgreSQL. */
export interface PostgresOptions extends InstanceOptions {
  binaries: { postgres: string; initdb: string };
  /** `false` gives up surviving a power cut, but not kill -9, for speed: for tests only. */
  durable?: boolean;
  /** Made if it is not there; the instance's `url` names it. */
  database?: string;
  maxConnections?: number;
}

/** A private PostgreSQL server. */
export class PostgresInstance extends PrivateInstance {
  /** Creates a database unless it exists, and returns its URL. */
  async createDatabase(name: string): Promise<string> {
    await visitPostgres(maintenance(this.port, 10_000), async (client) => {
      const { rowCount } = await client.query('select from pg_database where datname = $1', [name]);
      if (!rowCount) await client.query(`create database ${client.escapeIdentifier(name)}`);
    });
    return urlOf(this.port, name);
  }
}

/**
 * Starts a private PostgreSQL, initialising its data folder if that is new. As root it runs under an unprivileged
 * user; if that user cannot reach `dir`, the data goes where it can, and `log` says so.
 */
export async function startPostgres(options: PostgresOptions): Promise<PostgresInstance> {
  const user = unprivilegedUser();
  const data = await preparePostgresData({ ...options, superuser: SUPERUSER, user });
  const database = options.database ?? 'postgres';
  const make = (port: number): PostgresInstance =>
    new PostgresInstance({
      name: 'postgres',
      url: urlOf(port, database),
      port,
      dir: data.dir,
      command: [options.binaries.postgres, '-D', data.dir, ...settings(options, port)],
      // Fast shutdown: SIGTERM would wait for every client to leave by itself.
      stopSignal: 'SIGINT',
      // After a kill -9 the server's own children take a moment to notice.
      passing: /is still in use|lock file "postmaster.pid" already exists/,
      logFile: options.logFile ?? `${options.dir}.log`,
      pids: options.pids,
      user,
      prepare: data.clearStaleLock,
      probe: () => answers(port, data.dir),
    });
  const instance = await startOnPort(options.port, freePort, make);
  if (database !== 'postgres') await instance.createDatabase(database);
  return instance;
}

function settings({ durable = true, maxConnections = 200 }: PostgresOptions, port: number): string[] {
  const values = {
    port,
    listen_addresses: '127.0.0.1',
    // TCP is all we use, and a socket's path would be too long in a deep checkout.
    unix_socket_directories: '',
    max_connections: maxConnections,
    shared_buffers: '128MB',
    timezone: 'UTC',
    ...(durable ? {} : { fsync: 'off', full_page_writes: 'off' }),
  };
  return Object.entries(values).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}

/** The data folder tells our server from another one on the same port. */
async function answers(port: number, dir: string): Promise<boolean> {
  return visitPostgres(maintenance(port, 2_000), async (client) => {
    const { rows } = await client.query<{ data_directory: string }>('show data_directory');
    return rows[0]?.data_directory === dir;
  });
}

function maintenance(port: number, connectionTimeoutMillis: number): ClientConfig {
  return { connectionString: urlOf(port, 'postgres'), connectionTimeoutMillis };
}

function urlOf(port: number, database: string): string {
  return `postgres://${SUPERUSER}@127.0.0.1:${port}/${encodeURIComponent(database)}`;
}
