import { STATUS_CODES } from 'node:http';
import { fieldProblemSchema, type Problem } from '@fiction/contracts';
import type { Request, Response } from 'express';
import { z } from 'zod';
import { bearerToken } from '../tokens/bearer-token';
import { withoutTokens } from '../tokens/token-secret';
import { RateLimitedError, UnsupportedMediaTypeError } from '../http/http.errors';
import { correlationIdOf } from '../door/correlation';

/** How long a caller should wait before asking a service again that is away, in seconds. */
const RETRY_AFTER_SECONDS = 2;

/** An error as a caller sees it (RFC 9457). `code` is stable; `errors` names each field at fault. */
export const problemDocumentSchema = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  code: z.string(),
  instance: z.string(),
  correlationId: z.string(),
  errors: z.array(fieldProblemSchema).optional(),
});
export type ProblemDocument = z.infer<typeof problemDocumentSchema>;

const codes = new WeakMap<Response, string>();

/** Code of the problem that a request was answered with, if it was one. */
export function problemCodeOf(response: Response): string | undefined {
  return codes.get(response);
}

export const PROBLEM_MEDIA_TYPE = 'application/problem+json';

export function problemDocument(problem: Problem, instance: string, correlationId: string): ProblemDocument {
  return {
    type: `urn:fiction-weaver:problem:${problem.code.toLowerCase().replaceAll('_', '-')}`,
    title: STATUS_CODES[problem.status] ?? 'Error',
    status: problem.status,
    detail: problem.message,
    code: problem.code,
    instance,
    correlationId,
    ...(problem.errors && { errors: problem.errors }),
  };
}

/** Answers a request with what went wrong, and with the headers that belong to it. */
export function sendProblem(request: Request, response: Response, problem: Problem, error?: unknown): void {
  codes.set(response, problem.code);
  if (problem.status === 401) {
    const invalid = problem.code === 'TOKEN_INVALID' ? ', error="invalid_token"' : '';
    response.setHeader('WWW-Authenticate', `Bearer realm="fiction-weaver"${invalid}`);
  }
  if (problem.status === 503) response.setHeader('Retry-After', RETRY_AFTER_SECONDS);
  if (error instanceof RateLimitedError) response.setHeader('Retry-After', error.retryAfterSeconds);
  if (error instanceof UnsupportedMediaTypeError) response.setHeader('Accept-Post', error.accepted.join(', '));
  const document = problemDocument(problem, request.path, correlationIdOf(request));
  response.status(problem.status).setHeader('Content-Type', PROBLEM_MEDIA_TYPE);
  response.setHeader('Cache-Control', 'no-store');
  // A caller may have put a token where an id or a name belongs.
  response.end(withoutTokens(JSON.stringify(document), bearerToken(request.headers.authorization)));
}
