import {
  forkBranchCommandOf,
  WORKING_SERVICES,
  type ForkBranch,
  type MessageContract,
  type RequestContract,
  type ServiceName,
  natsServer,
} from '@fiction/contracts';
import { ModelClient } from '@fiction/llm';
import { connectRequestServer, Requester, type Bus } from '@fiction/messaging';
import { Database, loadConfig, type ServiceConfig } from '@fiction/platform';
import type { DynamicModule } from '@nestjs/common';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { Test, type TestingModuleBuilder } from '@nestjs/testing';
import { connect, headers, type NatsConnection } from 'nats';
import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import { createTestDatabase, type TestDatabase } from '../database';
import { startTestNats, type TestNats } from '../nats';
import { until } from '../until';
import type { ScriptedModel } from './scripted-model';

export interface ServiceUnderTestOptions {
  service: ServiceName;
  module: (config: ServiceConfig) => DynamicModule;
  /** Answers instead of the providers; without it the service has the built-in rehearsal. */
  model?: ScriptedModel;
  /** Processes of the service, all within this one. */
  replicas?: number;
  /** Settings beside those of every test. */
  env?: Record<string, string>;
  /** Puts something else in the place of a provider. */
  override?: (builder: TestingModuleBuilder) => void;
}

/** How a run ended. */
export interface EndedRun {
  status: string;
  error: { code: string; message: string } | null;
  details: Record<string, unknown>;
}

/** One service with a database and a NATS server of its own; the test is all the other services. */
export class ServiceUnderTest {
  readonly replicas: NestExpressApplication[] = [];
  private readonly requester: Requester;

  private constructor(
    private readonly options: ServiceUnderTestOptions,
    private readonly config: ServiceConfig,
    private readonly testDatabase: TestDatabase,
    private readonly server: TestNats,
    /** A connection that is not the service's. */
    readonly nats: NatsConnection,
  ) {
    this.requester = new Requester({ nats } as unknown as Bus);
  }

  static async start(options: ServiceUnderTestOptions): Promise<ServiceUnderTest> {
    const [database, server] = await Promise.all([createTestDatabase(), startTestNats()]);
    const config = loadConfig(options.service, {
      DATABASE_URL: database.url,
      NATS_URL: server.url,
      REDIS_URL: process.env.FICTION_TEST_REDIS_URL,
      FICTION_QUEUE_PREFIX: `test-${randomUUID()}`,
      LOG_LEVEL: 'silent',
      ...options.env,
    });
    const service = new ServiceUnderTest(options, config, database, server, await connect(natsServer(server.url)));
    for (let count = 0; count < (options.replicas ?? 1); count += 1) await service.addReplica();
    return service;
  }

  async stop(): Promise<void> {
    await Promise.all(this.replicas.map((replica) => replica.close()));
    await this.nats.close();
    await Promise.all([this.testDatabase.drop(), this.server.stop()]);
  }

  async addReplica(): Promise<NestExpressApplication> {
    const builder = Test.createTestingModule({ imports: [this.options.module(this.config)] });
    if (this.options.model !== undefined) builder.overrideProvider(ModelClient).useValue(this.options.model);
    this.options.override?.(builder);
    const compiled = await builder.setLogger(SILENT).compile();
    const app = compiled.createNestApplication<NestExpressApplication>({ logger: false });
    connectRequestServer(app, this.config);
    await app.startAllMicroservices();
    await app.listen(0, '127.0.0.1');
    this.replicas.push(app);
    return app;
  }

  get database(): Database {
    return this.replicas[0]!.get(Database, { strict: false });
  }

  async query<R>(sql: string, values: unknown[] = []): Promise<R[]> {
    return this.database.query<R>(sql, values);
  }

  /** Asks the service, over the bus. */
  ask<Q, A>(contract: RequestContract<Q, A>, question: z.input<typeof contract.request>): Promise<A> {
    return this.requester.ask(contract, question);
  }

  /** Stands in for another service: answers `contract` for as long as the test runs. */
  answer<Q, A>(contract: RequestContract<Q, A>, answer: (question: Q) => A): void {
    this.nats.subscribe(contract.subject, {
      callback: (_error, message) => {
        const { id, data } = message.json<{ id: string; data: unknown }>();
        message.respond(JSON.stringify({ ...replyOf(() => answer(contract.request.parse(data))), id }));
      },
    });
    void this.nats.flush();
  }

  /**
   * What the service tells under a subject from now on, as it comes. The outbox may tell twice, and knows that receivers
   * know a message by its id; so does this.
   */
  async hear<T>(contract: MessageContract<T>): Promise<T[]> {
    const heard: T[] = [];
    const known = new Set<string>();
    this.nats.subscribe(contract.subject, {
      callback: (_error, message) => {
        const id = message.headers!.get('Nats-Msg-Id');
        if (known.has(id)) return;
        known.add(id);
        heard.push(contract.schema.parse(message.json()));
      },
    });
    await this.nats.flush();
    return heard;
  }

  /** Publishes a command or event to the stream. */
  async publish<T>(contract: MessageContract<T>, body: T, messageId: string = randomUUID()): Promise<void> {
    const head = headers();
    head.set('Nats-Msg-Id', messageId);
    await this.nats.jetstream().publish(contract.subject, JSON.stringify(body), { headers: head });
  }

  /** Says, as the planner would, that a branch was made, and waits until the service knows all that it shares. */
  async forked(fork: Pick<ForkBranch, 'planId' | 'branch' | 'runIds'> & { parent?: string }): Promise<void> {
    const service = WORKING_SERVICES.find((one) => one === this.options.service);
    if (service === undefined) throw new Error(`${this.options.service} is not told of branches`);
    await this.publish(forkBranchCommandOf(service), { parent: 'main', part: 1, parts: 1, ...fork });
    const whole = 'SELECT 1 FROM forks WHERE plan_id = $1 AND branch = $2 AND parts_missing = 0';
    await until(
      `${fork.branch} is known`,
      async () => (await this.query(whole, [fork.planId, fork.branch])).length > 0,
    );
  }

  /** Waits until a run has ended, for better or worse, on this or a later resumption or revision of its input. */
  runEnded(runId: string, revision = 1, resumption = 0): Promise<EndedRun> {
    return until(`${runId} has ended`, async () => {
      const [run] = await this.query<EndedRun>(
        'SELECT status, error, details FROM runs WHERE id = $1 AND (revision, resumption) >= ($2, $3)',
        [runId, revision, resumption],
      );
      return run !== undefined && !['queued', 'running'].includes(run.status) && run;
    });
  }
}

const nothing = (): void => undefined;
const SILENT = { log: nothing, error: nothing, warn: nothing, debug: nothing, verbose: nothing };

function replyOf(answer: () => unknown): { response: unknown; isDisposed: true } | { err: unknown; isDisposed: true } {
  try {
    return { response: answer(), isDisposed: true };
  } catch (error) {
    const problem = (error as { toProblem?: () => unknown }).toProblem?.();
    return { err: problem ?? { code: 'INTERNAL_ERROR', status: 500, message: String(error) }, isDisposed: true };
  }
}
