import { Bus, MESSAGING_TABLES, MessagingModule, OutboxRelay } from '@fiction/messaging';
import {
  Database,
  DatabaseModule,
  PlatformModule,
  within,
  type ServiceConfig,
  type UnitOfWork,
} from '@fiction/platform';
import { Module, type DynamicModule, type INestApplication, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { Queue } from 'bull';
import type { Redis } from 'ioredis';
import type { Client } from 'pg';
import { DataSource, type MigrationInterface, type QueryRunner } from 'typeorm';
import { RunExecutor } from '../execution/run-executor';
import type { RunSession } from '../execution/run-session';
import { Journal } from '../journal/journal';
import { Liveness } from '../liveness/liveness';
import { RUN_QUEUE } from '../queue/run-queue.token';
import { LostRuns } from '../reconciler/lost-runs';
import { Reconciler } from '../reconciler/reconciler';
import { RunClaims } from '../runs/run-claims';
import type { PhaseRunner, RunContext, RunOutcome } from '../runs/run.types';
import { RUNTIME_MIGRATIONS } from '../migrations/runtime-migrations';
import { RuntimeModule } from '../runtime.module';
import { RUNTIME_TABLES } from '../runtime.tables';

class Tables1700000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`${MESSAGING_TABLES} ${RUNTIME_TABLES}
      CREATE TABLE notes (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, run_id text NOT NULL, note text NOT NULL,
        CHECK (note <> 'forbidden'));`);
  }

  async down(): Promise<void> {
    // Tests begin with an empty database.
  }
}

const CLOSE_WITHIN_MS = 1_000;

@Module({})
class ServiceModule {}

/** One worker process of a service, within this process. */
export class TestWorker {
  alive = true;

  private constructor(private readonly app: INestApplication) {}

  static async start(config: ServiceConfig, script: (run: RunContext) => Promise<RunOutcome>): Promise<TestWorker> {
    class ScriptedRunner implements PhaseRunner {
      readonly phase = 'scene';
      readonly steps = 1;
      run(context: RunContext): Promise<RunOutcome> {
        return script(context);
      }
    }
    const module: DynamicModule = {
      module: ServiceModule,
      imports: [
        PlatformModule.forService(config),
        DatabaseModule.forTables({
          entities: [],
          migrations: [Tables1700000000000, ...RUNTIME_MIGRATIONS],
        }),
        MessagingModule.unchecked(),
        RuntimeModule.forService({ service: 'scene-weaver', config, queue: 'scene', runners: [ScriptedRunner] }),
      ],
    };
    const app = await NestFactory.create(module, { logger: false, abortOnError: false });
    await app.init();
    return new TestWorker(app);
  }

  get<T>(token: Type<T> | symbol): T {
    return this.app.get<T>(token, { strict: false });
  }

  get id(): number {
    return this.get(Liveness).workerId;
  }

  transaction<T>(work: (uow: UnitOfWork, worker: TestWorker) => Promise<T>): Promise<T> {
    return this.get(Database).transaction((uow) => work(uow, this));
  }

  /** An orderly end, as at SIGTERM. */
  async end(): Promise<void> {
    this.alive = false;
    await this.app.close();
  }

  /**
   * Dies as by kill -9, as far as anybody else can tell: its connections to NATS, Redis, models and its liveness break, and
   * nothing of what it still computes is written down.
   */
  async die(): Promise<void> {
    this.alive = false;
    const never = new Promise<never>(() => undefined);
    jest.spyOn(this.get(Journal), 'record').mockReturnValue(never);
    jest.spyOn(this.get(RunClaims), 'take').mockReturnValue(never);
    jest.spyOn(this.get(LostRuns), 'takeBack').mockReturnValue(never);
    jest.spyOn(this.get(OutboxRelay), 'relay').mockReturnValue(undefined);
    void this.get(Reconciler).stop();
    void this.get(OutboxRelay).stop();
    void this.get(MessagingModule).beforeApplicationShutdown();
    for (const session of inner<Map<string, RunSession>>(this.get(RunExecutor), 'sessions').values()) {
      session.abort(new Error('killed'));
    }
    for (const client of inner<Redis[]>(this.get<Queue>(RUN_QUEUE), 'clients')) client.disconnect();
    const liveness = this.get(Liveness) as unknown as { closed: boolean; client: Client | undefined };
    liveness.closed = true;
    inner<{ stream: { destroy(): void } }>(liveness.client!, 'connection').stream.destroy();
    await this.get(Bus).nats.close();
  }

  /** Whatever state it is in, leaves nothing of it behind. */
  async stop(): Promise<void> {
    if (this.alive) return this.end();
    await within(CLOSE_WITHIN_MS, this.get<Queue>(RUN_QUEUE).close(true)).catch(() => undefined);
    const pool = this.get(DataSource);
    if (pool.isInitialized) await pool.destroy();
  }
}

/** A worker is not made to be killed from inside; this reaches for what the operating system would close. */
function inner<T>(object: object, field: string): T {
  return (object as Record<string, T>)[field]!;
}
