import type { RedisOptions } from 'ioredis';

/**
 * What a `REDIS_URL` says, for Bull, whose own reading of it knows neither sockets nor that `rediss:` asks for TLS:
 * `redis[s]://[user:password@]host[:port][/number of the database]` or `unix:///path/of/socket`. Parameters (`?db=1`,
 * `?password=…`) are settings of ioredis.
 */
export function redisOptions(url: string): RedisOptions {
  const { protocol, hostname, port, pathname, username, password, searchParams } = new URL(url);
  const path = decodeURIComponent(pathname);
  const { db, family, ...settings } = Object.fromEntries(searchParams);
  const database = db ?? (protocol === 'unix:' ? '' : path.slice(1));
  return {
    ...(protocol === 'unix:' ? { path } : { host: hostname.replace(/^\[(.*)\]$/, '$1'), port: Number(port || 6379) }),
    ...(protocol === 'rediss:' ? { tls: {} } : {}),
    ...(username ? { username: decodeURIComponent(username) } : {}),
    ...(password ? { password: decodeURIComponent(password) } : {}),
    ...(database ? { db: Number(database) } : {}),
    ...(family ? { family: Number(family) } : {}),
    ...settings,
  };
}
