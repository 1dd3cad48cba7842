/** Where NATS is and who we are there, as its client wants to be told: it heeds no credentials within a URL. */
export interface NatsServer {
  servers: string;
  user?: string;
  pass?: string;
  token?: string;
}

/** What a `NATS_URL` says: `nats://[user:password@|token@]host[:port]`, with `%40` for an `@` in a password. */
export function natsServer(url: string): NatsServer {
  const { host, username, password } = new URL(url);
  const [user, pass] = [decodeURIComponent(username), decodeURIComponent(password)];
  if (pass) return { servers: host, user, pass };
  return user ? { servers: host, token: user } : { servers: host };
}
