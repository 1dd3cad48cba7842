import { Catch, Logger, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { Request, Response } from 'express';
import { bearerToken } from '../tokens/bearer-token';
import { withoutTokens } from '../tokens/token-secret';
import { correlationIdOf } from '../door/correlation';
import { sendProblem } from './problem-document';
import { problemOf } from './problem-of';

/** Every error of every route becomes a problem document; what is nobody's fault but ours is logged in full. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly log = new Logger('Problem');

  catch(error: unknown, host: ArgumentsHost): void {
    if (host.getType() !== 'http') throw error;
    const http = host.switchToHttp();
    const request = http.getRequest<Request>();
    const response = http.getResponse<Response>();
    const problem = problemOf(error);
    if (problem.status >= 500) {
      const token = bearerToken(request.headers.authorization);
      const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
      this.log[problem.status === 503 ? 'warn' : 'error'](
        `${correlationIdOf(request)} ${request.method} ${withoutTokens(`${request.path}: ${text}`, token)}`,
      );
    }
    // A download that has begun can only be cut off, so that nobody takes its part for the whole.
    if (response.headersSent) response.destroy();
    else sendProblem(request, response, problem, error);
  }
}
