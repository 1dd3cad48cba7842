import { carriesTooLittle } from '@fiction/contracts';
import type { Logger } from '@nestjs/common';
import { connect, ErrorCode, type ConnectionOptions, type NatsConnection } from 'nats';
import { setTimeout as pause } from 'node:timers/promises';
import { NatsRefusedError } from './nats-refused.error';

/** Waiting does not mend these: NATS is there, and it is told the wrong things. */
const REFUSALS = new Map<string | undefined, string>([
  [ErrorCode.AuthorizationViolation, 'The server in NATS_URL rejects the user, password or token in it'],
  [ErrorCode.ServerOptionNotAvailable, 'NATS_URL requires TLS, but its server does not offer it'],
]);

/**
 * Connects as soon as NATS is there. The client waits by itself, but never says for what: for a name that is misspelt, or a
 * certificate that nobody trusts, it would wait in silence for ever.
 * @throws {NatsRefusedError} where NATS does not let us in, has no TLS where only that will do, or carries too short messages
 */
export async function firstConnection(options: ConnectionOptions, log: Pick<Logger, 'warn'>): Promise<NatsConnection> {
  for (let told: string | undefined; ;) {
    try {
      const visit = await connect({ ...options, reconnect: false, waitOnFirstConnect: false });
      const problem = carriesTooLittle(visit.info?.max_payload);
      await visit.close();
      if (problem !== undefined) throw new NatsRefusedError(`The server in NATS_URL cannot be used: ${problem}`);
      return await connect(options);
    } catch (error) {
      if (error instanceof NatsRefusedError) throw error;
      const refusal = REFUSALS.get((error as { code?: string }).code);
      if (refusal !== undefined) throw new NatsRefusedError(refusal, { cause: error });
      const why = reasonOf(error);
      if (why !== told) log.warn(`NATS cannot be reached; trying again: ${why}`);
      told = why;
      await pause(options.reconnectTimeWait);
    }
  }
}

function reasonOf(error: unknown): string {
  const { message, chainedError } = error as { message?: string; chainedError?: { message?: string } };
  return [message, chainedError?.message].filter(Boolean).join(': ') || String(error);
}
