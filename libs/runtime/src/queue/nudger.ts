import { SERVICE_CONFIG, type ServiceConfig } from '@fiction/platform';
import { Inject, Injectable, Logger } from '@nestjs/common';
import type { Queue } from 'bull';
import { setTimeout as pause } from 'node:timers/promises';
import { RUN_QUEUE } from './run-queue.token';

/** What a Bull job holds: which attempt of which run to look at. All else is in PostgreSQL. */
export interface Nudge {
  runId: string;
  attempt: number;
}

const PAGE = 500;
/** The client waits for a Redis that is away without bound; the reconciler must not. */
const ANSWER_WITHIN_MS = 500;

/** Puts runs before the workers. What is lost here, with Redis, the reconciler puts there again. */
@Injectable()
export class Nudger {
  private readonly log = new Logger(Nudger.name);

  constructor(
    @Inject(RUN_QUEUE) private readonly queue: Queue<Nudge>,
    @Inject(SERVICE_CONFIG) private readonly config: ServiceConfig,
  ) {}

  nudge(nudges: (Nudge & { delayMs: number })[]): void {
    for (let start = 0; start < nudges.length; start += PAGE) {
      const page = nudges.slice(start, start + PAGE);
      const jobs = page.map(({ runId, attempt, delayMs }) => ({
        data: { runId, attempt },
        opts: {
          // A job that is there already is not added again, so nudging twice is harmless.
          jobId: `${runId}#${attempt}`,
          delay: delayMs,
          attempts: 1,
          removeOnComplete: true,
          removeOnFail: true,
        },
      }));
      this.queue.addBulk(jobs).catch((error: unknown) => this.log.debug(`nudges are lost: ${String(error)}`));
    }
  }

  /** Whether Redis has forgotten everything since the last time this was asked. While it is away nobody can tell. */
  async wasLost(): Promise<boolean> {
    const key = `${this.config.queuePrefix}:${this.config.service}:known`;
    const answer = await Promise.race([this.queue.client.set(key, '1', 'NX'), pause(ANSWER_WITHIN_MS, 'away')]);
    return answer === 'OK';
  }
}
