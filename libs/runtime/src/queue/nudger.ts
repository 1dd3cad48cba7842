import { SERVICE_CONFIG, within, type ServiceConfig } from '@fiction/platform';
import { Inject, Injectable, Logger } from '@nestjs/common';
import type { Queue } from 'bull';
import { attemptKey } from '../runs/run.row';
import { RUN_QUEUE } from './run-queue.token';

/** What a Bull job holds: which attempt of which run to look at. All else is in PostgreSQL. */
export interface Nudge {
  runId: string;
  attempt: number;
}

const PAGE = 500;
/** The client waits for a Redis that is away without bound, and keeps what it is to send; the reconciler must not. */
const ANSWER_WITHIN_MS = 500;
const BESIDE_EVERY_MS = 1_000;

/** Puts runs before the workers. What is lost here, with Redis, the reconciler puts there again. */
@Injectable()
export class Nudger {
  private readonly log = new Logger(Nudger.name);
  private asking: Promise<boolean> | undefined;
  /** Whether there were nudges while Redis was away. */
  private missed = false;
  /** What a Redis that is there says to whoever writes, such as that it is full. */
  private refusal: string | undefined;

  constructor(
    @Inject(RUN_QUEUE) private readonly queue: Queue<Nudge>,
    @Inject(SERVICE_CONFIG) private readonly config: ServiceConfig,
  ) {}

  nudge(nudges: (Nudge & { delayMs: number })[]): void {
    this.add(nudges, '');
  }

  /**
   * For nudges whose job lies with a worker that is gone, or in no queue at all: under other ids, since theirs are taken. The
   * ids change with time, and replicas that nudge at about the same time give the same.
   */
  nudgeBeside(nudges: Nudge[]): void {
    this.add(
      nudges.map((nudge) => ({ ...nudge, delayMs: 0 })),
      `+${Math.floor(Date.now() / BESIDE_EVERY_MS)}`,
    );
  }

  /** What workers have taken from the queue. While Redis is away it is empty. */
  async taken(): Promise<Nudge[]> {
    if (this.isAway()) return [];
    const ids = await within(ANSWER_WITHIN_MS, this.queue.client.lrange(this.queue.toKey('active'), 0, -1));
    return (ids ?? []).flatMap((id) => {
      const [, runId, attempt] = /^(.+)#(\d+)(?:\+\d+)?$/.exec(id) ?? [];
      return runId === undefined ? [] : [{ runId, attempt: Number(attempt) }];
    });
  }

  /** How many nudges lie before the workers and have not been taken; undefined while Redis is away. */
  async waiting(): Promise<number | undefined> {
    return this.isAway() ? undefined : within(ANSWER_WITHIN_MS, this.queue.client.llen(this.queue.toKey('wait')));
  }

  /** Nudges for a Redis that is away are not kept: there would be more and more, of runs that PostgreSQL knows. */
  private add(nudges: (Nudge & { delayMs: number })[], suffix: string): void {
    if (nudges.length > 0 && this.isAway()) {
      this.missed = true;
      return;
    }
    for (let start = 0; start < nudges.length; start += PAGE) {
      const page = nudges.slice(start, start + PAGE);
      const jobs = page.map(({ runId, attempt, delayMs }) => ({
        data: { runId, attempt },
        opts: {
          // A job that is there already is not added again, so nudging twice is harmless.
          jobId: `${attemptKey(runId, attempt)}${suffix}`,
          delay: delayMs,
          // What has been begun goes before what has not: its lost calls are made again at once.
          lifo: attempt > 1,
          attempts: 1,
          removeOnComplete: true,
          removeOnFail: true,
        },
      }));
      this.queue.addBulk(jobs).catch((error: unknown) => this.log.debug(`nudges are lost: ${String(error)}`));
    }
  }

  /**
   * Whether Redis has forgotten everything since the last time this was asked, or is back and has missed nudges. While it is
   * away nobody can tell.
   */
  async wasLost(): Promise<boolean> {
    const key = `${this.config.queuePrefix}:${this.config.service}:known`;
    // Asked again only after an answer: the question that a Redis which comes back empty hears first is the one that tells.
    this.asking ??= this.queue.client.set(key, '1', 'NX').then(
      (answer) => {
        this.took();
        return answer === 'OK';
      },
      (error: unknown) => {
        this.refused(error);
        return false;
      },
    );
    const lost = await within(ANSWER_WITHIN_MS, this.asking);
    if (lost !== undefined) this.asking = undefined;
    if (!this.missed || this.isAway()) return lost ?? false;
    this.missed = false;
    return true;
  }

  /** Why nothing is put before the workers now; undefined: it is. */
  problem(): string | undefined {
    if (this.isAway()) return 'Redis cannot be reached';
    return this.refusal === undefined ? undefined : `Redis accepts no jobs: ${this.refusal}`;
  }

  private took(): void {
    if (this.refusal === undefined) return;
    this.refusal = undefined;
    this.missed = true;
    this.log.log('Redis accepts jobs again');
  }

  /** It is full, cannot write to its disk, has become a replica, or lets us do less than before: that ends by itself never. */
  private refused(error: unknown): void {
    if (!(error instanceof Error) || error.name !== 'ReplyError' || error.message === this.refusal) return;
    this.refusal = error.message;
    this.log.warn(`Redis accepts no jobs; queued runs wait: ${error.message}`);
  }

  private isAway(): boolean {
    return this.queue.client.status !== 'ready';
  }
}
