/** Where NATS is and who we are there, as its client wants to be told: it heeds no credentials within a URL. */
export interface NatsServer {
  /** `host` or `host:port`: servers of one cluster, of which any will do. */
  servers: string[];
  user?: string;
  pass?: string;
  token?: string;
  /** There if nothing is to be said without TLS. */
  tls?: Record<string, never>;
}

/**
 * What a `NATS_URL` says: `nats://[user:password@|token@]host[:port]`, with `%40` for an `@` in a password, and `tls://` where
 * only TLS will do. Several, with commas in between, are servers of one cluster; what the first says of us holds for all.
 * @throws {URIError | TypeError} when it is none
 */
export function natsServer(url: string): NatsServer {
  const [first, ...others] = urlsOf(url);
  const [user, pass] = [decodeURIComponent(first.username), decodeURIComponent(first.password)];
  return {
    servers: [first, ...others].map(({ host }) => host),
    ...(pass ? { user, pass } : user && { token: user }),
    ...(first.protocol === 'tls:' && { tls: {} }),
  };
}

/** NATS carries messages of this size in bytes unless it is told otherwise; questions and answers may be almost as long. */
const MESSAGE_BYTES = 1_048_576;

/** What is wrong with a server whose `max_payload` is this, in bytes; undefined: nothing. */
export function carriesTooLittle(maxPayload: number | undefined): string | undefined {
  if (maxPayload === undefined || maxPayload >= MESSAGE_BYTES) return undefined;
  return `its max_payload is ${maxPayload} bytes and must be ${MESSAGE_BYTES} or more`;
}

/** Whether it is a `NATS_URL`. */
export function isNatsUrl(text: string): boolean {
  try {
    const known = urlsOf(text).every(({ protocol, host }) => /^(nats|tls):$/.test(protocol) && host !== '');
    return known && natsServer(text).servers.length > 0;
  } catch {
    return false;
  }
}

function urlsOf(text: string): [URL, ...URL[]] {
  const [head = '', ...tail] = text.split(/,(?=[^@]*$|(?:nats|tls):\/\/)/);
  const first = new URL(head.trim());
  const more = tail.map((one) => new URL(one.includes('://') ? one.trim() : `${first.protocol}//${one.trim()}`));
  return [first, ...more];
}
