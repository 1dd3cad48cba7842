import { COMMAND_STREAM, EVENT_STREAM, type MessageContract } from '@fiction/contracts';
import type { UnitOfWork } from '@fiction/platform';
import { Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { OutboxRelay } from './outbox.relay';

/** NATS takes messages up to 1 MB, headers included. */
const MAX_BODY_BYTES = 900_000;

/** A message as it waits in the outbox. */
export interface OutgoingMessage {
  id: string;
  subject: string;
  body: string;
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
  const text = JSON.stringify(contract.schema.parse(body));
  if (text.length > MAX_BODY_BYTES / 3 && Buffer.byteLength(text) > MAX_BODY_BYTES) {
    throw new MessageTooLargeError(contract.subject, Buffer.byteLength(text));
  }
  return { id, subject: contract.subject, body: text };
}

const INSERT = `
  INSERT INTO outbox (id, stream, subject, body)
  SELECT * FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[]) RETURNING position, id`;

/** Facts and orders leave a service only together with the change they tell of: in the same transaction. */
@Injectable()
export class Outbox {
  constructor(private readonly relay: OutboxRelay) {}

  async add(uow: UnitOfWork, messages: OutgoingMessage[]): Promise<void> {
    if (messages.length === 0) return;
    const rows = messages.map((message) => ({ ...message, stream: streamOf(message.subject) }));
    const placed = await uow.query<{ position: string; id: string }>(INSERT, [
      rows.map((row) => row.id),
      rows.map((row) => row.stream),
      rows.map((row) => row.subject),
      rows.map((row) => row.body),
    ]);
    const positions = new Map(placed.map(({ id, position }) => [id, position]));
    uow.onCommit(() => this.relay.relay(rows.map((row) => ({ ...row, position: positions.get(row.id)! }))));
  }
}

function streamOf(subject: string): string {
  return subject.startsWith('fiction.command.') ? COMMAND_STREAM.name : EVENT_STREAM.name;
}
