import { schemaOf, type ServiceConfig } from '../config/service.config';

/** PostgreSQL takes a client whose host fell silent for dead after about 15 seconds, and gives its locks away. */
const NOTICE_DEAD_CLIENTS = { tcp_keepalives_idle: 5, tcp_keepalives_interval: 2, tcp_keepalives_count: 5 };
/** Moments and numbers are told in the form in which they are read. */
const TELL_PLAINLY = { DateStyle: 'ISO', extra_float_digits: 1 };
/** A connection that holds a lock has nothing to say for as long as all is well. */
const MAY_BE_IDLE = { idle_session_timeout: 0 };

/**
 * What is committed is on the disk. `off` would let a PostgreSQL that crashes forget answers that were paid for, and what
 * services have built on since.
 */
const COMMIT_FOR_GOOD = { synchronous_commit: 'on' };

/** Where a connection leads, and the settings it begins with: `connectionString` and `options` of a client of `pg`. */
export interface ConnectionSettings {
  connectionString: string;
  options: string;
}

/**
 * How every connection of a service begins, whatever its role, its database and its server have set; `search_path` makes
 * plain SQL find its schema. `more` are settings of this connection, by name. `options` in `DATABASE_URL` are heeded
 * where they say nothing of ours; left there, they would stand in the place of all of these.
 */
export function connectionSettings(
  config: Pick<ServiceConfig, 'service' | 'databaseUrl'>,
  more: Readonly<Record<string, string | number>> = {},
): ConnectionSettings {
  const path = { search_path: schemaOf(config.service) };
  const always = { ...NOTICE_DEAD_CLIENTS, ...TELL_PLAINLY, ...MAY_BE_IDLE, ...COMMIT_FOR_GOOD };
  const ours = Object.entries({ ...path, ...always, ...more });
  const { connectionString, given } = withoutOptions(config.databaseUrl);
  return { connectionString, options: [...given, ...ours.map(([name, value]) => `-c ${name}=${value}`)].join(' ') };
}

function withoutOptions(databaseUrl: string): { connectionString: string; given: string[] } {
  const url = new URL(databaseUrl);
  const given = url.searchParams.getAll('options');
  if (given.length === 0) return { connectionString: databaseUrl, given };
  url.searchParams.delete('options');
  return { connectionString: url.toString(), given };
}
