import { ALL_MESSAGES, ALL_REQUESTS, CONSUMERS } from '@fiction/contracts';
import { Database, HealthRegistry, Loop, SERVICE_CONFIG, type ServiceConfig } from '@fiction/platform';
import {
  Global,
  Inject,
  Logger,
  Module,
  Optional,
  type BeforeApplicationShutdown,
  type DynamicModule,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
} from '@nestjs/common';
import { DiscoveryModule, DiscoveryService, MetadataScanner } from '@nestjs/core';
import { Bus } from './bus/bus.service';
import { DeadLetters } from './dead-letters/dead-letters';
import { LetterRetry } from './dead-letters/letter-retry';
import { HandlerError, MessageHandlers } from './inbox/message-handlers';
import { MessageConsumer } from './inbox/message-consumer';
import { Outbox } from './outbox/outbox';
import { OutboxRelay } from './outbox/outbox.relay';
import { ANSWERED_SUBJECT } from './requests/answers-request.decorator';
import { Requester } from './requests/requester';

/** A message id is remembered this long; nothing is published again so late. */
const FORGET_AFTER = '48 hours';
const FORGET_EVERY_MS = 600_000;

/** Injection token; `false` leaves out the check that every message and request of the service is handled. */
const CHECK_CONTRACTS = Symbol('CHECK_CONTRACTS');

/** Everything a service needs to talk to the others. */
@Global()
@Module({
  imports: [DiscoveryModule],
  providers: [Bus, MessageHandlers, DeadLetters, LetterRetry, Outbox, OutboxRelay, Requester],
  exports: [Bus, MessageHandlers, DeadLetters, LetterRetry, Outbox, OutboxRelay, Requester],
})
export class MessagingModule implements OnApplicationBootstrap, BeforeApplicationShutdown, OnApplicationShutdown {
  private consumers: MessageConsumer[] = [];
  private readonly forgetting = new Loop(
    async () =>
      void (await this.database.query(`DELETE FROM inbox WHERE received_at < now() - interval '${FORGET_AFTER}'`)),
    { everyMs: FORGET_EVERY_MS, onError: (error) => new Logger('Inbox').debug(String(error)) },
  );

  constructor(
    private readonly bus: Bus,
    private readonly database: Database,
    private readonly handlers: MessageHandlers,
    private readonly deadLetters: DeadLetters,
    private readonly relay: OutboxRelay,
    private readonly discovery: DiscoveryService,
    private readonly health: HealthRegistry,
    @Inject(SERVICE_CONFIG) private readonly config: ServiceConfig,
    @Optional() @Inject(CHECK_CONTRACTS) private readonly checked: boolean = true,
  ) {}

  /** For tests of a part of a service: handlers of the other parts are not missed. */
  static unchecked(): DynamicModule {
    return { module: MessagingModule, providers: [{ provide: CHECK_CONTRACTS, useValue: false }] };
  }

  onApplicationBootstrap(): void {
    if (this.checked) {
      this.handlers.check(this.config.service, ALL_MESSAGES);
      this.checkAnswers();
    }
    this.consumers = CONSUMERS.filter((consumer) => consumer.service === this.config.service).map(
      (consumer) => new MessageConsumer(consumer, this.bus, this.database, this.handlers, this.deadLetters),
    );
    for (const consumer of this.consumers) consumer.start();
    this.health.register('messages', () => this.consumers.find(({ problem }) => problem)?.problem);
    this.forgetting.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await Promise.all([...this.consumers.map((consumer) => consumer.stop()), this.forgetting.stop()]);
    await this.relay.stopLooking();
  }

  /** By now the database is closed; what the last answers have committed is still published. */
  async onApplicationShutdown(): Promise<void> {
    await this.relay.stop();
    await this.bus.close();
  }

  /** Every request of this service has one method that answers it. */
  private checkAnswers(): void {
    const scanner = new MetadataScanner();
    const answered = this.discovery.getControllers().flatMap(({ instance }) => {
      const prototype = Object.getPrototypeOf(instance) as Record<string, object>;
      return scanner
        .getAllMethodNames(prototype)
        .map((name) => Reflect.getMetadata(ANSWERED_SUBJECT, prototype[name]!) as string | undefined)
        .filter((subject): subject is string => subject !== undefined);
    });
    const expected = ALL_REQUESTS.filter((request) => request.service === this.config.service).map((r) => r.subject);
    const wrong = [...new Set([...expected, ...answered])].filter(
      (subject) => !expected.includes(subject) || answered.filter((other) => other === subject).length !== 1,
    );
    if (wrong.length > 0) {
      throw new HandlerError(`${this.config.service}: ${wrong.join(', ')} must be answered once, and by its service`);
    }
  }
}
