import { Loop } from '@fiction/platform';
import { Injectable, Logger, type BeforeApplicationShutdown } from '@nestjs/common';
import type { Namespace, Socket } from 'socket.io';
import { TokenInvalidError } from '../access/access.errors';
import { AccessTokens } from '../tokens/access-tokens';
import { Admission } from '../access/admission';
import { bearerToken } from '../tokens/bearer-token';
import type { CallerIdentity } from '../access/caller';
import { RequestLimit } from '../limits/request-limit';
import { socketProblem } from './feed.protocol';

/** How often the tokens of open sockets are looked at again, in milliseconds. */
const RECHECK_EVERY_MS = 5_000;
/** What a client hears, as a problem document, before the gateway closes its socket. */
export const CLOSED_EVENT = 'FictionSocketClosed';

/** Who opened a socket, and with what. */
interface Opened {
  token: string;
  caller: CallerIdentity;
}

/** The same tokens open sockets as open routes; one that is revoked or expires closes those it opened. */
@Injectable()
export class SocketAccess implements BeforeApplicationShutdown {
  private readonly log = new Logger(SocketAccess.name);
  /** Let in, and not yet joined: a client may leave in between. */
  private readonly admitted = new WeakMap<Socket, Opened>();
  private readonly joined = new Map<Socket, Opened>();
  private readonly rechecking = new Loop(() => this.recheck(), {
    everyMs: RECHECK_EVERY_MS,
    onError: (error) => this.log.debug(String(error)),
  });

  constructor(
    private readonly tokens: AccessTokens,
    private readonly admission: Admission,
    private readonly limit: RequestLimit,
  ) {
    tokens.onForget(() => this.rechecking.wake());
  }

  guard(namespace: Namespace): void {
    namespace.use(async (socket, next) => next(await this.refusal(socket)));
    namespace.on('connection', (socket: Socket) => {
      const opened = this.admitted.get(socket);
      if (opened !== undefined) this.joined.set(socket, opened);
    });
    this.rechecking.start();
  }

  /** Counts what a socket asks as its token's. @throws RateLimitedError */
  async spend(socket: Socket): Promise<void> {
    const tokenId = this.admitted.get(socket)?.caller.tokenId;
    if (tokenId !== undefined) await this.limit.spend(tokenId);
  }

  forget(socket: Socket): void {
    this.joined.delete(socket);
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.rechecking.stop();
  }

  /** Why the socket is not let in, as its client is told; `undefined`: it is. */
  private async refusal(socket: Socket): Promise<(Error & { data: unknown }) | undefined> {
    try {
      await this.admit(socket);
      return undefined;
    } catch (error) {
      const problem = socketProblem(error, socket.id);
      return Object.assign(new Error(problem.detail), { data: problem });
    }
  }

  private async admit(socket: Socket): Promise<void> {
    const token = tokenOf(socket);
    const caller = await this.admission.admit(token, socket.handshake.address);
    await this.limit.spend(caller.tokenId);
    this.admitted.set(socket, { token: token!, caller });
  }

  private async recheck(): Promise<void> {
    // When a token ends is known, also while the database is away.
    for (const [socket, { caller }] of this.joined) {
      if (caller.expiresAt !== null && caller.expiresAt.getTime() <= Date.now()) this.end(socket);
    }
    for (const [socket, { token }] of this.joined) {
      try {
        await this.tokens.authenticate(token);
      } catch (error) {
        if (!(error instanceof TokenInvalidError)) throw error;
        this.end(socket);
      }
    }
  }

  private end(socket: Socket): void {
    socket.emit(CLOSED_EVENT, socketProblem(new TokenInvalidError(), socket.id));
    socket.disconnect(true);
    this.forget(socket);
  }
}

function tokenOf(socket: Socket): string | undefined {
  const given: unknown = socket.handshake.auth['token'];
  const token = typeof given === 'string' ? given : undefined;
  // The same shape as in the header, so that nothing odd reaches the database.
  return bearerToken(token === undefined ? socket.handshake.headers.authorization : `Bearer ${token}`);
}
