import { redisOptions } from '@fiction/platform';
import Queue from 'bull';
import { Pool } from 'pg';
import { followersOf, type Call } from '../list-schedule';
import { PlainModel } from './plain-model';
import { plainRequest } from './plain-request';

const CONCURRENCY = 64;
const CONNECTIONS = 16;
const CONNECT_WITHIN_MS = 10_000;
const STATEMENT_LIMIT_MS = 30_000;
const BOOK_LIMIT_MS = 120_000;
/** Done jobs are kept for a while, so that a call that is added twice is not made twice. */
const JOB_OPTIONS = { attempts: 3, backoff: 100, removeOnComplete: 1_000 };

const TABLE = `
  CREATE TABLE calls (
    book int NOT NULL,
    call int NOT NULL,
    status text NOT NULL DEFAULT 'waiting' CHECK (status IN ('waiting', 'done')),
    request json,
    response json,
    finished_at timestamptz,
    PRIMARY KEY (book, call)
  )`;
const FAST_COMPRESSION =
  'ALTER TABLE calls ALTER COLUMN request SET COMPRESSION lz4, ALTER COLUMN response SET COMPRESSION lz4';
const ADD_CALLS = 'INSERT INTO calls (book, call) SELECT $1, call FROM generate_series(0, $2::int - 1) AS call';
const RECORD = {
  name: 'record',
  text: `UPDATE calls SET status = 'done', request = $3, response = $4, finished_at = now()
         WHERE book = $1 AND call = $2 AND status = 'waiting'`,
};

interface CallJob {
  book: number;
  call: number;
}

/** The book that is being written. */
interface Writing {
  book: number;
  followers: number[][];
  left: number;
  done: () => void;
  failed: (error: Error) => void;
}

export interface HandWorkerOptions {
  databaseUrl: string;
  redisUrl: string;
  modelUrl: string;
  slots: number;
}

/**
 * What one would write by hand: a queue, a row for each call, and the calls that follow put into the queue once the row is
 * committed. Every call waits for one other at most, so nobody has to count.
 */
export class HandWorker {
  private readonly queue: Queue.Queue<CallJob>;
  private readonly pool: Pool;
  private readonly model: PlainModel;
  private writing?: Writing;
  private books = 0;

  constructor({ databaseUrl, redisUrl, modelUrl, slots }: HandWorkerOptions) {
    this.queue = new Queue('calls', { redis: redisOptions(redisUrl), defaultJobOptions: JOB_OPTIONS });
    this.pool = new Pool({
      connectionString: databaseUrl,
      max: CONNECTIONS,
      connectionTimeoutMillis: CONNECT_WITHIN_MS,
      statement_timeout: STATEMENT_LIMIT_MS,
    });
    this.pool.on('error', (error) => this.writing?.failed(error));
    this.model = new PlainModel(modelUrl, slots);
  }

  async start(): Promise<void> {
    await this.pool.query(TABLE);
    // Not every server can; ours, too, goes on without.
    await this.pool.query(FAST_COMPRESSION).catch(() => undefined);
    this.queue.on('error', (error) => this.writing?.failed(error));
    this.queue.on('failed', ({ attemptsMade }, error) => {
      if (attemptsMade >= JOB_OPTIONS.attempts) this.writing?.failed(error);
    });
    void this.queue.process(CONCURRENCY, ({ data }) => this.make(data));
    await this.queue.isReady();
  }

  /** Makes all calls of a book, each once those before it are recorded; answers how long that took, in milliseconds. */
  async write(calls: readonly Call[]): Promise<number> {
    const startedAt = performance.now();
    const book = (this.books += 1);
    await this.pool.query(ADD_CALLS, [book, calls.length]);
    await new Promise<void>((done, failed) => {
      this.writing = { book, followers: followersOf(calls), left: calls.length, done, failed };
      setTimeout(() => failed(new Error(`no book within ${BOOK_LIMIT_MS} ms`)), BOOK_LIMIT_MS).unref();
      this.enqueue(calls.flatMap(({ after }, call) => (after.length === 0 ? [call] : []))).catch(failed);
    });
    return performance.now() - startedAt;
  }

  private async make({ book, call }: CallJob): Promise<void> {
    const request = plainRequest(book, call);
    const response = await this.model.ask(request);
    const { rowCount } = await this.pool.query(RECORD, [book, call, request, response]);
    await this.enqueue(this.writing!.followers[call]!);
    if (rowCount === 1 && (this.writing!.left -= 1) === 0) this.writing!.done();
  }

  private async enqueue(calls: number[]): Promise<void> {
    const { book } = this.writing!;
    const jobs = calls.map((call) => ({ data: { book, call }, opts: { jobId: `${book}-${call}` } }));
    if (jobs.length > 0) await this.queue.addBulk(jobs);
  }
}
