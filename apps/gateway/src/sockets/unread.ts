import type { Server } from 'socket.io';

/** A client for whom more messages wait than this is too slow to be kept, whatever they say. */
const MOST_MESSAGES = 4_000;
/** The same, by what they come to in characters. */
const MOST_CHARACTERS = 32_000_000;

/** A connection, as far as is looked at here; what is sent lies in its buffer until the client takes it. */
interface Connection {
  readonly writeBuffer: readonly unknown[];
  on(event: 'packetCreate', listener: (packet: { data?: unknown }) => void): unknown;
  on(event: 'drain', listener: () => void): unknown;
  /** @param discard what is in the buffer is not waited for */
  close(discard: boolean): void;
  /** What the connection began with. */
  readonly request: { readonly socket: { destroy(): unknown } };
}

/**
 * Ends connections whose clients do not read what they are sent: events, answers, and that they are not let in. Whoever
 * asks and never reads would otherwise fill the memory, also without a token. A watcher that comes back with the last `seq`
 * it saw has lost nothing.
 */
export function endUnread(server: Server): void {
  server.engine.on('connection', boundUnread);
}

export function boundUnread(connection: Connection): void {
  let characters = 0;
  connection.on('packetCreate', ({ data }) => {
    if (typeof data === 'string') characters += data.length;
    if (connection.writeBuffer.length < MOST_MESSAGES && characters <= MOST_CHARACTERS) return;
    connection.close(true);
    // Who does not read would not hear that it is over.
    connection.request.socket.destroy();
  });
  connection.on('drain', () => (characters = 0));
}
