import type { ModelServer, RecordedCall, SystemClient } from '@fiction/testing';
import { BacklogClient } from './backlog-client';
import { BookUnderTest, briefOf } from './book-under-test';
import { readLedger, repetitions } from './ledger';

const BRIEF = briefOf({ chapters: 1, scenesPerChapter: 2, continuity: 'chapter' });
const COMPLETE_WITHIN_MS = 60_000;

/** A small book that was once made with nobody in its way: what disturbed ones are held to. */
export class UndisturbedBook {
  readonly backlog = new BacklogClient(() => this.client);

  private constructor(
    private readonly book: BookUnderTest,
    private readonly manuscript: string,
    /** How many calls it took. */
    readonly calls: number,
  ) {}

  static async start(): Promise<UndisturbedBook> {
    const book = await BookUnderTest.start();
    try {
      const { client } = book.system;
      const planId = await client.createPlan(BRIEF);
      await client.whenComplete(planId, COMPLETE_WITHIN_MS);
      return new UndisturbedBook(book, await client.manuscript(planId), book.models.count());
    } catch (error) {
      await book.stop();
      throw error;
    }
  }

  stop(): Promise<void> {
    return this.book.stop();
  }

  get models(): ModelServer {
    return this.book.models;
  }

  get client(): SystemClient {
    return this.book.system.client;
  }

  /** Begins the same book again; answers its plan. */
  begin(): Promise<string> {
    return this.client.createPlan(BRIEF);
  }

  /** The first call for a task, once the book has come to it: how soon is nobody's claim. */
  comesTo(task: string): Promise<RecordedCall> {
    return this.models.waitForCall((call) => call.task === task, COMPLETE_WITHIN_MS);
  }

  whenComplete(planId: string): Promise<unknown> {
    return this.client.whenComplete(planId, COMPLETE_WITHIN_MS);
  }

  /** The model calls that are on record: an answer that was sent may not have been written down yet. */
  async recorded(planId: string): Promise<string[]> {
    const { modelSteps } = await readLedger(this.book.system.postgres.url, planId);
    return modelSteps.map(({ step }) => step);
  }

  /** The same book in the end, and not one call more than those that were broken off. */
  async expectUndisturbed(planId: string, { aborted = 0 } = {}): Promise<void> {
    await this.whenComplete(planId);
    expect(await this.client.manuscript(planId)).toBe(this.manuscript);
    const { modelSteps, unfinishedRuns, acceptedTwice } = await readLedger(this.book.system.postgres.url, planId);
    expect({ unfinishedRuns, acceptedTwice }).toEqual({ unfinishedRuns: [], acceptedTwice: [] });
    expect(modelSteps).toHaveLength(this.calls);
    expect(this.models.count()).toBe(this.calls + aborted);
    expect(repetitions(this.models.calls)).toBe(aborted);
  }
}
