import { DomainError, MAIN_BRANCH, readPlanMaterial } from '@fiction/contracts';
import { Requester, ServiceUnavailableError } from '@fiction/messaging';
import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import type { Request } from 'express';
import { catchError, mergeMap, type Observable } from 'rxjs';

/** What a service says of a branch it has not heard of: there may be none, or word of it is on its way. */
const BRANCH_NOT_READY = 'BRANCH_NOT_READY';

/**
 * A service that has nothing of a plan or a branch does not know whether there is one. So an empty list of a plan, and a
 * branch that is not known yet, are looked into: if there is no such plan, or no such branch of it, that is the answer.
 * What is there costs nothing more.
 */
@Injectable()
export class PresenceInterceptor implements NestInterceptor {
  constructor(private readonly requester: Requester) {}

  intercept(context: ExecutionContext, next: CallHandler<unknown>): Observable<unknown> {
    const request = context.switchToHttp().getRequest<Partial<Pick<Request, 'params' | 'query'> & { body: unknown }>>();
    const planId = context.getType() === 'http' ? request.params?.planId : undefined;
    if (typeof planId !== 'string') return next.handle();
    const branch = branchOf(request.query) ?? branchOf(request.body) ?? MAIN_BRANCH;
    return next.handle().pipe(
      mergeMap(async (answer) => {
        if (isEmptyList(answer)) await this.check(planId, branch);
        return answer;
      }),
      catchError(async (error: unknown) => {
        if (error instanceof DomainError && error.code === BRANCH_NOT_READY) await this.check(planId, branch);
        throw error;
      }),
    );
  }

  /** The planner being away is no reason not to answer. @throws PLAN_NOT_FOUND, BRANCH_NOT_FOUND */
  private async check(planId: string, branch: string): Promise<void> {
    try {
      await this.requester.ask(readPlanMaterial, { planId, branch });
    } catch (error) {
      if (!(error instanceof ServiceUnavailableError)) throw error;
    }
  }
}

/** The branch that a query or a body names. */
function branchOf(given: unknown): string | undefined {
  const { branch } = (given ?? {}) as { branch?: unknown };
  return typeof branch === 'string' ? branch : undefined;
}

function isEmptyList(answer: unknown): boolean {
  const { items } = (answer ?? {}) as { items?: unknown };
  return Array.isArray(items) && items.length === 0;
}
