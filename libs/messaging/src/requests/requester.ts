import { DomainError, problemSchema, type RequestContract } from '@fiction/contracts';
import { Injectable } from '@nestjs/common';
import { ErrorCode, NatsError } from 'nats';
import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import { Bus } from '../bus/bus.service';
import { readReply } from './packed-reply';

/** Another service answered that it could not do what was asked; code and status are those it gave. */
export class RemoteError extends DomainError {}

/** Another service is not there or did not answer in time. Asking again later is right. */
export class ServiceUnavailableError extends DomainError {
  constructor(service: string, reason: string) {
    super('SERVICE_UNAVAILABLE', 503, `${service} is not available: ${reason}`);
  }
}

/** What is asked is longer than the bus carries; only whoever sent it can shorten it. */
export class RequestTooLargeError extends DomainError {
  constructor(bytes: number, most: number | undefined) {
    const limit = most === undefined ? '' : ` of at most ${most}`;
    super(
      'REQUEST_TOO_LARGE',
      413,
      `The request is too large to pass between the services: ${bytes} bytes${limit}. Shorten it.`,
    );
  }
}

/** Nest's envelope of a reply. */
interface ReplyPacket {
  err?: unknown;
  response?: unknown;
}

/** Asks other services; every question has a time limit and is checked against its contract on both sides. */
@Injectable()
export class Requester {
  constructor(private readonly bus: Bus) {}

  async ask<Q, A>(contract: RequestContract<Q, A>, question: z.input<typeof contract.request>): Promise<A> {
    const packet = JSON.stringify({ pattern: contract.subject, data: question, id: randomUUID() });
    const message = await this.bus.nats
      .request(contract.subject, packet, { timeout: contract.timeoutMs })
      .catch((error: unknown) => {
        if (error instanceof NatsError && error.code === (ErrorCode.MaxPayloadExceeded as string)) {
          throw new RequestTooLargeError(Buffer.byteLength(packet), this.bus.nats.info?.max_payload);
        }
        throw new ServiceUnavailableError(contract.service, reasonOf(error, contract.timeoutMs));
      });
    const reply = readReply(message.data) as ReplyPacket;
    if (reply.err !== undefined && reply.err !== null) throw remoteError(contract.subject, reply.err);
    return contract.reply.parse(reply.response);
  }
}

function reasonOf(error: unknown, timeoutMs: number): string {
  if (error instanceof NatsError && error.code === ErrorCode.NoResponders) return 'nobody answers';
  if (error instanceof NatsError && error.code === ErrorCode.Timeout) return `no answer within ${timeoutMs} ms`;
  return error instanceof Error ? error.message : String(error);
}

function remoteError(subject: string, err: unknown): RemoteError {
  const problem = problemSchema.safeParse(err);
  if (problem.success) {
    return new RemoteError(problem.data.code, problem.data.status, problem.data.message, problem.data.errors);
  }
  return new RemoteError('INTERNAL_ERROR', 500, `${subject}: ${typeof err === 'string' ? err : JSON.stringify(err)}`);
}
