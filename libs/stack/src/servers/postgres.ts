import type { ClientConfig } from 'pg';
import { type Address, startOnSocket } from '../reach/address';
import { preparePostgresData } from './postgres-data';
import { type InstanceOptions, PrivateInstance } from './private-instance';
import { unprivilegedUser } from './unix-user';
import { visitPostgres } from './visit-postgres';

const SUPERUSER = 'fiction';
/** Names the file of the socket. It stands in the URL too, lest a PGPORT of the surroundings be taken. */
const SOCKET_PORT = 5432;
/** Ours knows no TLS; what is not in the URL, such as PGSSLMODE, is taken from the surroundings. */
const PLAIN = 'sslmode=disable&sslnegotiation=postgres';
/** What it logs of each client that it tells to come later; while it recovers, services ask it many times. */
export const CLIENTS_TO_WAIT = /FATAL: {2}the database system is |Consistent recovery state has not been yet reached/;

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
    await visitPostgres(maintenance(this.spec.address, 10_000), async (client) => {
      const { rowCount } = await client.query('select from pg_database where datname = $1', [name]);
      if (!rowCount) await client.query(`create database ${client.escapeIdentifier(name)}`);
    });
    return urlOf(this.spec.address, name);
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
  const make = (address: Address): PostgresInstance =>
    new PostgresInstance({
      name: 'postgres',
      url: urlOf(address, database),
      address,
      dir: data.dir,
      command: [options.binaries.postgres, '-D', data.dir, ...where(address), ...settings(options)],
      // Fast shutdown: SIGTERM would wait for every client to leave by itself.
      stopSignal: 'SIGINT',
      // After a kill -9 the server's own children take a moment to notice.
      passing: /is still in use|lock file "postmaster.pid" already exists/,
      beside: CLIENTS_TO_WAIT,
      logFile: options.logFile ?? `${options.dir}.log`,
      pids: options.pids,
      user,
      prepare: data.clearStaleLock,
      probe: () => answers(address, data.dir),
    });
  const instance = await startOnSocket(options, { file: `.s.PGSQL.${SOCKET_PORT}`, user }, make);
  if (database !== 'postgres') await instance.createDatabase(database);
  return instance;
}

function settings({ durable = true, maxConnections = 200 }: PostgresOptions): string[] {
  return assignments({
    max_connections: maxConnections,
    shared_buffers: '128MB',
    timezone: 'UTC',
    ...(durable ? {} : { fsync: 'off', full_page_writes: 'off' }),
  });
}

function where(address: Address): string[] {
  if ('port' in address)
    return assignments({ port: address.port, listen_addresses: '127.0.0.1', unix_socket_directories: '' });
  return assignments({ port: SOCKET_PORT, listen_addresses: '', unix_socket_directories: address.folder.path });
}

function assignments(values: Record<string, string | number>): string[] {
  return Object.entries(values).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}

/** The data folder tells our server from another one on the same address. */
async function answers(address: Address, dir: string): Promise<boolean> {
  return visitPostgres(maintenance(address, 2_000), async (client) => {
    const { rows } = await client.query<{ data_directory: string }>('show data_directory');
    return rows[0]?.data_directory === dir;
  });
}

function maintenance(address: Address, connectionTimeoutMillis: number): ClientConfig {
  return { connectionString: urlOf(address, 'postgres'), connectionTimeoutMillis };
}

function urlOf(address: Address, database: string): string {
  const host =
    'folder' in address ? `${encodeURIComponent(address.folder.path)}:${SOCKET_PORT}` : `127.0.0.1:${address.port}`;
  return `postgres://${SUPERUSER}@${host}/${encodeURIComponent(database)}?${PLAIN}`;
}
