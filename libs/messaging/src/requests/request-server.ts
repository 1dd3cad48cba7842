import type { ServiceConfig } from '@fiction/platform';
import type { INestApplication } from '@nestjs/common';
import type { MicroserviceOptions } from '@nestjs/microservices';
import { durableConnection } from '../bus/bus.service';
import { BoundedReplySerializer } from './bounded-reply.serializer';
import { ForgivingQuestionDeserializer } from './forgiving-question.deserializer';
import { NatsAnswerServer } from './nats-answer.server';

/** Connects the answering side of the bus: all replicas of a service share its questions. */
export function connectRequestServer(app: INestApplication, config: ServiceConfig): void {
  const strategy = new NatsAnswerServer({
    connection: durableConnection(config.natsUrl, `${config.service}-requests`),
    queue: config.service,
    serializer: new BoundedReplySerializer(),
    deserializer: new ForgivingQuestionDeserializer(),
  });
  app.connectMicroservice<MicroserviceOptions>({ strategy }, { inheritAppConfig: true });
}
