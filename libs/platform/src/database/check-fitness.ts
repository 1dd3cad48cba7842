import type { Client } from 'pg';
import type { DataSource } from 'typeorm';
import { UnfitDatabaseError } from './unfit-database.error';

const POOLER = 'as connection poolers such as PgBouncer do: connect to PostgreSQL directly';

/** Why connecting failed; in words that say what to do where a pooler in between does not take the settings. */
export function whyNotConnected(error: unknown): unknown {
  const refused = error instanceof Error && /unsupported startup parameter/.test(error.message);
  if (!refused) return error;
  return new UnfitDatabaseError(
    `DATABASE_URL leads to a server that refuses connection settings (${error.message}), ${POOLER}`,
    { cause: error },
  );
}

/**
 * Looks at a connection that has begun with the settings of a service.
 * @throws {UnfitDatabaseError} when it has not kept them, or when the database cannot hold every text
 */
export async function checkFitness(connection: Client, schema: string): Promise<void> {
  const { rows } = await connection.query<{ path: string; encoding: string }>(
    `SELECT current_setting('search_path') AS path, current_setting('server_encoding') AS encoding`,
  );
  const { path, encoding } = rows[0]!;
  if (path !== schema) {
    throw new UnfitDatabaseError(
      `DATABASE_URL leads to a server that does not keep connection settings (its search_path is ${path}), ${POOLER}`,
    );
  }
  if (encoding !== 'UTF8') {
    throw new UnfitDatabaseError(
      `The database in DATABASE_URL has the encoding ${encoding}, which cannot store every text: create one WITH ENCODING 'UTF8' TEMPLATE template0`,
    );
  }
}

/**
 * Looks for migrations that only a newer version knows. TypeORM passes over them, and this version would fail runs for what
 * the newer one has recorded in other words.
 * @throws {UnfitDatabaseError} when there are any; nothing was changed
 */
export async function checkNotNewer(connection: Client, dataSource: DataSource, service: string): Promise<void> {
  const { rows: tables } = await connection.query<{ here: boolean }>(
    `SELECT to_regclass('migrations') IS NOT NULL AS here`,
  );
  if (!tables[0]!.here) return;
  const { rows } = await connection.query<{ name: string }>(
    String.raw`SELECT name FROM migrations WHERE regexp_replace(name, '\d+$', '') <> ALL ($1) ORDER BY id`,
    [dataSource.migrations.map((migration) => wordsOf(migration.name ?? migration.constructor.name))],
  );
  if (rows.length === 0) return;
  throw new UnfitDatabaseError(
    `The tables of ${service} were upgraded by a newer version of Fiction Weaver, which this version cannot use ` +
      `(${rows.map(({ name }) => name).join(', ')}). Nothing was changed: start that version again, ` +
      'or restore the backup from before it (docs/servers.md)',
  );
}

/** Of a migration's name; its number may have been another when it was run. */
function wordsOf(name: string): string {
  return name.replace(/\d+$/, '');
}
