import type { ServiceConfig } from '@fiction/platform';
import type { INestApplication } from '@nestjs/common';
import { Transport, type MicroserviceOptions } from '@nestjs/microservices';
import { NatsRecordSerializer } from '@nestjs/microservices/serializers/nats-record.serializer';
import { durableConnection } from '../bus/bus.service';

/** NATS refuses more than 1 MB, and a refused reply would end the process. */
const MAX_REPLY_BYTES = 1_000_000;

/** Answers that do not fit become errors that say so. */
class BoundedReplySerializer extends NatsRecordSerializer {
  override serialize(packet: { id?: string; response?: unknown }) {
    const serialized = super.serialize(packet);
    if (serialized.data.length <= MAX_REPLY_BYTES) return serialized;
    const message = `The answer has ${serialized.data.length} bytes, more than the bus carries; ask for a smaller page.`;
    const err = { code: 'REPLY_TOO_LARGE', status: 500, message };
    return super.serialize({ id: packet.id, err, isDisposed: true } as never);
  }
}

/** Connects the answering side of the bus: all replicas of a service share its questions. */
export function connectRequestServer(app: INestApplication, config: ServiceConfig): void {
  app.connectMicroservice<MicroserviceOptions>(
    {
      transport: Transport.NATS,
      options: {
        ...(durableConnection(config.natsUrl, `${config.service}-requests`) as object),
        servers: [config.natsUrl],
        queue: config.service,
        serializer: new BoundedReplySerializer(),
      },
    },
    { inheritAppConfig: true },
  );
}
