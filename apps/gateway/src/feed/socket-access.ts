import { Loop } from '@fiction/platform';
import { Injectable, Logger, type BeforeApplicationShutdown } from '@nestjs/common';
import type { Namespace, Socket } from 'socket.io';
import { TokenInvalidError, TokenMissingError } from '../access/access.errors';
import { AccessTokens } from '../access/access-tokens';
import { bearerToken } from '../access/bearer-token';
import { socketProblem } from './feed.protocol';

/** How often the tokens of open sockets are looked at again, in milliseconds. */
const RECHECK_EVERY_MS = 5_000;

/** The same tokens open sockets as open routes; one that is revoked closes those it opened. */
@Injectable()
export class SocketAccess implements BeforeApplicationShutdown {
  private readonly log = new Logger(SocketAccess.name);
  private readonly tokensOf = new Map<Socket, string>();
  private readonly rechecking = new Loop(() => this.recheck(), {
    everyMs: RECHECK_EVERY_MS,
    onError: (error) => this.log.debug(String(error)),
  });

  constructor(private readonly tokens: AccessTokens) {}

  guard(namespace: Namespace): void {
    namespace.use(async (socket, next) => next(await this.refusal(socket)));
    this.rechecking.start();
  }

  forget(socket: Socket): void {
    this.tokensOf.delete(socket);
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
    if (token === undefined) throw new TokenMissingError();
    await this.tokens.authenticate(token);
    this.tokensOf.set(socket, token);
  }

  private async recheck(): Promise<void> {
    for (const [socket, token] of this.tokensOf) {
      try {
        await this.tokens.authenticate(token);
      } catch (error) {
        if (!(error instanceof TokenInvalidError)) throw error;
        socket.disconnect(true);
        this.forget(socket);
      }
    }
  }
}

function tokenOf(socket: Socket): string | undefined {
  const given: unknown = socket.handshake.auth['token'];
  const token = typeof given === 'string' ? given : undefined;
  // The same shape as in the header, so that nothing odd reaches the database.
  return bearerToken(token === undefined ? socket.handshake.headers.authorization : `Bearer ${token}`);
}
