import { fieldProblems, identifierSchema, InvalidInputError, plainWords } from '@fiction/contracts';
import { z } from 'zod';
import { problemDocument, type ProblemDocument } from '../problems/problem-document';
import { problemOf } from '../problems/problem-of';

const subscribeSchema = z.strictObject({
  planId: identifierSchema,
  /** The last event the client has; without it, it gets the plan's whole history. */
  afterSeq: z.int().min(0).default(0),
});
const unsubscribeSchema = z.strictObject({ planId: identifierSchema });

/** What a client is told to a `subscribe` or `unsubscribe`. */
export type FeedReply = { ok: true; lastSeq?: number } | { ok: false; problem: ProblemDocument };

export const readSubscribe = (body: unknown) => read(subscribeSchema, body);
export const readUnsubscribe = (body: unknown) => read(unsubscribeSchema, body);

/** A problem as it is told over a socket; `correlationId` is the socket's id. */
export function socketProblem(error: unknown, socketId: string): ProblemDocument {
  return problemDocument(problemOf(error), '/fiction', socketId);
}

function read<T>(schema: z.ZodType<T>, body: unknown): T {
  const parsed = schema.safeParse(body, { error: plainWords });
  if (parsed.success) return parsed.data;
  throw new InvalidInputError('The message is not valid.', fieldProblems(parsed.error));
}
