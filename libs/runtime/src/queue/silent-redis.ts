import { Inject, Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import type { Queue } from 'bull';
import type { Socket } from 'node:net';
import { RUN_QUEUE } from './run-queue.token';

/** Even who waits for a job is answered every 5 s; after three looks at which nothing was heard, nothing will be. */
const LOOK_EVERY_MS = 5_000;
const LOOKS = 3;

/** A connection of Bull's, with what its types leave out. */
interface Connection {
  stream?: Socket;
  /** What has been asked and not been answered. */
  commandQueue: { length: number };
}

/**
 * Ends connections to Redis that have died without a word: the client would wait for an answer without bound, and no run would
 * be taken. It makes others by itself, and asks again.
 */
@Injectable()
export class SilentRedis implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly log = new Logger(SilentRedis.name);
  private readonly heard = new WeakMap<Socket, { bytes: number; looks: number }>();
  private timer: NodeJS.Timeout | undefined;

  constructor(@Inject(RUN_QUEUE) private readonly queue: Queue) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => this.look(), LOOK_EVERY_MS).unref();
  }

  onApplicationShutdown(): void {
    clearInterval(this.timer);
  }

  look(): void {
    for (const { stream, commandQueue } of this.queue.clients as unknown as Connection[]) {
      if (stream === undefined || stream.destroyed) continue;
      const before = this.heard.get(stream);
      const silent = commandQueue.length > 0 && before?.bytes === stream.bytesRead;
      const looks = silent ? before.looks + 1 : 0;
      this.heard.set(stream, { bytes: stream.bytesRead, looks });
      if (looks < LOOKS) continue;
      this.log.warn(`Redis has not answered for ${(LOOKS * LOOK_EVERY_MS) / 1_000} s; reconnecting`);
      stream.destroy();
    }
  }
}
