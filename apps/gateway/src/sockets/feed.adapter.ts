import { IoAdapter } from '@nestjs/platform-socket.io';
import type { Server, ServerOptions } from 'socket.io';
import { endUnread } from './unread';

/** Largest message a client may send, in bytes; all it has to say is which plan. */
const MAX_MESSAGE_BYTES = 16_000;
/** A connection that joins nothing is closed after this, in milliseconds. */
const JOIN_WITHIN_MS = 10_000;

/** Socket.io with its doors closed: no CORS, small messages, nothing unread, nothing outside the namespace that asks for a token. */
export class FeedAdapter extends IoAdapter {
  override createIOServer(port: number, options?: ServerOptions): Server {
    const server = super.createIOServer(port, {
      ...options,
      serveClient: false,
      maxHttpBufferSize: MAX_MESSAGE_BYTES,
      connectTimeout: JOIN_WITHIN_MS,
    }) as Server;
    server.use((_socket, next) => next(new Error('There is nothing here; connect to the namespace /fiction.')));
    endUnread(server);
    return server;
  }
}
