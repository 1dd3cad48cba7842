import Redis from 'ioredis';
import { redisOptions } from './redis-options';

/** What ioredis makes of them. */
function understood(url: string) {
  const redis = new Redis({ ...redisOptions(url), lazyConnect: true });
  const { host, port, path, username, password, db, tls, family } = redis.options;
  redis.disconnect();
  return { host, port, path, username, password, db, family, tls: tls !== undefined };
}

const NOTHING_SAID = { path: undefined, username: null, password: null, db: 0, family: 0, tls: false };

it.each([
  ['redis://127.0.0.1', { host: '127.0.0.1', port: 6379 }],
  ['redis://cache:7000/3', { host: 'cache', port: 7000, db: 3 }],
  ['redis://[::1]:7000', { host: '::1', port: 7000 }],
  ['redis://me:s%40lt@cache', { host: 'cache', port: 6379, username: 'me', password: 's@lt' }],
  ['redis://:salt@cache?db=2&family=6', { host: 'cache', port: 6379, password: 'salt', db: 2, family: 6 }],
  ['rediss://cache:6380', { host: 'cache', port: 6380, tls: true }],
])('reads %s', (url, meant) => {
  expect(understood(url)).toEqual({ ...NOTHING_SAID, ...meant });
});

it.each([
  ['unix:///run/redis.sock', { path: '/run/redis.sock' }],
  ['unix:///a%20folder/redis.sock?db=2&password=salt', { path: '/a folder/redis.sock', db: 2, password: 'salt' }],
])('reads %s', (url, meant) => {
  expect(understood(url)).toMatchObject({ ...NOTHING_SAID, ...meant });
});
