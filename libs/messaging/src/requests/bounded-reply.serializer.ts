import { NatsRecord } from '@nestjs/microservices';
import { NatsRecordSerializer } from '@nestjs/microservices/serializers/nats-record.serializer';
import { packReply } from './packed-reply';

/** NATS refuses more than 1 MB, and a refused reply would end the process. */
const MAX_REPLY_BYTES = 1_000_000;

/** Answers that do not fit are packed; those that do not fit even then become errors that say so. */
export class BoundedReplySerializer extends NatsRecordSerializer {
  override serialize(packet: { id?: string; response?: unknown }) {
    const serialized = super.serialize(packet);
    if (serialized.data.length <= MAX_REPLY_BYTES) return serialized;
    const packed = packReply(serialized.data as Uint8Array);
    if (packed.length <= MAX_REPLY_BYTES) return new NatsRecord(packed, serialized.headers);
    const message = `The answer has ${serialized.data.length} bytes, too many to pass between the services; ask for a smaller page.`;
    const err = { code: 'REPLY_TOO_LARGE', status: 500, message };
    return super.serialize({ id: packet.id, err, isDisposed: true } as never);
  }
}
