import { CONSUMERS, type MessageContract, type ServiceName } from '@fiction/contracts';
import type { UnitOfWork } from '@fiction/platform';
import { Injectable } from '@nestjs/common';

/**
 * Handles messages that came in together, in their order, in one transaction. Each message reaches it once, however
 * often it is delivered, unless the transaction fails.
 */
export type MessageHandler<T> = (bodies: T[], uow: UnitOfWork) => Promise<void>;

export interface Registration {
  contract: MessageContract;
  handle: MessageHandler<unknown>;
}

/** A message that this service should handle has no handler, or two. */
export class HandlerError extends Error {
  readonly code = 'HANDLER_MISMATCH';
}

/** Who handles what in this service. */
@Injectable()
export class MessageHandlers {
  private readonly registrations = new Map<string, Registration>();

  register<T>(contract: MessageContract<T>, handle: MessageHandler<T>): void {
    if (this.registrations.has(contract.subject)) {
      throw new HandlerError(`${contract.subject} has two handlers; it must have one`);
    }
    this.registrations.set(contract.subject, { contract, handle: handle as MessageHandler<unknown> });
  }

  find(subject: string): Registration | undefined {
    return this.registrations.get(subject);
  }

  /** Fails unless every message that the topology sends to `service` has its handler, and no other message has one. */
  check(service: ServiceName, messages: MessageContract[]): void {
    const filters = CONSUMERS.filter((consumer) => consumer.service === service).map((consumer) => consumer.filter);
    const expected = messages.filter((message) => filters.some((filter) => matches(filter, message.subject)));
    const without = expected.filter((message) => !this.registrations.has(message.subject));
    if (without.length > 0) {
      throw new HandlerError(`${service} has no handler for ${without.map((message) => message.subject).join(', ')}`);
    }
    const unexpected = [...this.registrations.keys()].filter((subject) => !expected.some((m) => m.subject === subject));
    if (unexpected.length > 0) {
      throw new HandlerError(`${service} handles ${unexpected.join(', ')}, which no consumer brings to it`);
    }
  }
}

/** Whether a NATS filter takes a subject: `*` is one token, a last `>` one or more. */
export function matches(filter: string, subject: string): boolean {
  const wanted = filter.split('.');
  const given = subject.split('.');
  if (wanted.at(-1) === '>') {
    const fixed = wanted.slice(0, -1);
    return given.length > fixed.length && fixed.every((token, index) => token === '*' || token === given[index]);
  }
  return wanted.length === given.length && wanted.every((token, index) => token === '*' || token === given[index]);
}
