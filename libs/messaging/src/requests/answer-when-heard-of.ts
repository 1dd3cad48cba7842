import { setTimeout as pause } from 'node:timers/promises';
import { NotHeardOfYetError } from './not-heard-of-yet.error';

/** What is waited in all for word that is on its way, in milliseconds. */
const LONGEST_WAIT_MS = 2_000;
/** Of the time in which an answer must come, what may be spent on waiting; the rest is for the answer and the way. */
const SHARE_OF_TIMEOUT = 0.4;
const FIRST_PAUSE_MS = 10;
const LONGEST_PAUSE_MS = 160;

/**
 * Answers; what has not been heard of yet is tried again after a short pause, until the pauses come to two fifths of
 * `timeoutMs`. A try that failed has ended its transaction, so nothing is held meanwhile. Only pauses count: a process that
 * hardly gets to run looks as often as any.
 * @throws NotHeardOfYetError when word has not come by then
 */
export async function answerWhenHeardOf<A>(answer: () => Promise<A>, timeoutMs: number): Promise<A> {
  let leftMs = Math.min(LONGEST_WAIT_MS, timeoutMs * SHARE_OF_TIMEOUT);
  for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(2 * pauseMs, LONGEST_PAUSE_MS)) {
    try {
      return await answer();
    } catch (error) {
      if (!(error instanceof NotHeardOfYetError) || pauseMs > leftMs) throw error;
    }
    leftMs -= pauseMs;
    await pause(pauseMs);
  }
}
