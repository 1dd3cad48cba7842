import type { IncomingEvent, IncomingRequest } from '@nestjs/microservices';
import { NatsRequestJSONDeserializer } from '@nestjs/microservices/deserializers/nats-request-json.deserializer';

/**
 * What is not JSON, or not Nest's envelope, is a question without content: it is refused like any other that does not
 * fit its contract. (Nest's own deserializer throws where nobody catches, which ends the process.)
 */
export class ForgivingQuestionDeserializer extends NatsRequestJSONDeserializer {
  override deserialize(value: Uint8Array, options?: Record<string, unknown>): IncomingRequest | IncomingEvent {
    let read: Partial<IncomingRequest> | null = null;
    try {
      read = super.deserialize(value, options) as IncomingRequest;
    } catch {
      // Told by the contract, to whoever asked.
    }
    const question: IncomingEvent = { pattern: String(options?.channel), data: null, ...read };
    return options?.replyTo === undefined ? question : { id: 'unnamed', ...question };
  }
}
