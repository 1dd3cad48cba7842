import type { Client } from 'pg';
import { UnfitDatabaseError } from './unfit-database.error';

const POOLER = 'as poolers such as PgBouncer do: name PostgreSQL itself';

/** Why connecting failed; in words that say what to do where a pooler in between does not take the settings. */
export function whyNotConnected(error: unknown): unknown {
  const refused = error instanceof Error && /unsupported startup parameter/.test(error.message);
  if (!refused) return error;
  return new UnfitDatabaseError(
    `DATABASE_URL leads to something that takes no settings with a connection (${error.message}), ${POOLER}`,
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
      `DATABASE_URL leads to something that forgets with which settings a connection began (its search_path is ${path}), ${POOLER}`,
    );
  }
  if (encoding !== 'UTF8') {
    throw new UnfitDatabaseError(
      `The database that DATABASE_URL names is encoded in ${encoding}, which does not hold every text: create one WITH ENCODING 'UTF8' TEMPLATE template0`,
    );
  }
}
