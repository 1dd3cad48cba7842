import { COMMAND_STREAM, EVENT_STREAM, type MessageContract } from '@fiction/contracts';
import { storableJson, textArray, type UnitOfWork } from '@fiction/platform';
import { Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { OutboxRelay } from './outbox.relay';

/** NATS takes messages up to 1 MB, headers included. */
const MAX_BODY_BYTES = 900_000;

/** A message that is to leave this service. */
export interface OutgoingMessage {
  id: string;
  stream: string;
  subject: string;
  /** JSON. */
  body: string;
}

/** A message as it lies in the outbox. */
export interface PlacedMessage extends OutgoingMessage {
  position: string;
}

/** A message that will never fit; a defect of its sender, found before anything is stored. */
export class MessageTooLargeError extends Error {
  readonly code = 'MESSAGE_TOO_LARGE';
  constructor(subject: string, bytes: number) {
    super(`A message to ${subject} has ${bytes} bytes; at most ${MAX_BODY_BYTES} can be carried. Send ids instead.`);
  }
}

/** Checks a body against its contract and makes it ready to be stored. `id` also tells its receiver a repetition. */
export function outgoing<T>(contract: MessageContract<T>, body: T, id: string = randomUUID()): OutgoingMessage {
  const text = storableJson(contract.schema.parse(body));
  if (text.length > MAX_BODY_BYTES / 3 && Buffer.byteLength(text) > MAX_BODY_BYTES) {
    throw new MessageTooLargeError(contract.subject, Buffer.byteLength(text));
  }
  return { id, stream: streamOf(contract.subject), subject: contract.subject, body: text };
}

const INSERT = `
  INSERT INTO outbox (id, stream, subject, body)
  SELECT id, stream, subject, body::json FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[])
    WITH ORDINALITY AS m (id, stream, subject, body, n) ORDER BY n
  RETURNING position, id`;

/** Facts and orders leave a service only together with the change they tell of: in the same transaction. */
@Injectable()
export class Outbox {
  constructor(private readonly outboxRelay: OutboxRelay) {}

  async add(uow: UnitOfWork, messages: OutgoingMessage[]): Promise<void> {
    if (messages.length === 0) return;
    const rows = await uow.query<{ position: string; id: string }>(INSERT, [
      messages.map((message) => message.id),
      messages.map((message) => message.stream),
      messages.map((message) => message.subject),
      textArray(messages.map((message) => message.body)),
    ]);
    const positions = new Map(rows.map(({ id, position }) => [id, position]));
    uow.onCommit(() => this.relay(messages.map((message) => ({ ...message, position: positions.get(message.id)! }))));
  }

  /** For who writes the rows in a statement of its own: sends what has been committed. */
  relay(placed: PlacedMessage[]): void {
    this.outboxRelay.relay(placed);
  }
}

function streamOf(subject: string): string {
  return subject.startsWith('fiction.command.') ? COMMAND_STREAM.name : EVENT_STREAM.name;
}
