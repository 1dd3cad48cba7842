import { MAIN_BRANCH } from '@fiction/contracts';
import { ServiceUnavailableError } from '@fiction/messaging';
import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import type { Request } from 'express';
import { mergeMap, type Observable } from 'rxjs';
import { ChosenBranch } from '../branches/chosen-branch';

/**
 * A service that has nothing of a plan does not know whether there is one. So an empty list of a plan is looked into: if
 * there is no such plan, that is the answer. What is there costs nothing more. Routes that are about a branch have asked
 * for it before they are answered; alerts, of which plan and branch only filter some, have not.
 */
@Injectable()
export class PresenceInterceptor implements NestInterceptor {
  constructor(private readonly branches: ChosenBranch) {}

  intercept(context: ExecutionContext, next: CallHandler<unknown>): Observable<unknown> {
    const request = context.switchToHttp().getRequest<Partial<Pick<Request, 'params' | 'query'>>>();
    if (context.getType() !== 'http') return next.handle();
    const { plan, branch } = request.query ?? {};
    const planId = request.params?.planId ?? plan;
    if (typeof planId !== 'string') return next.handle();
    // Every plan has begun with this branch; one that is known is not asked for again.
    const named = planId === plan && typeof branch === 'string' ? branch : MAIN_BRANCH;
    return next.handle().pipe(
      mergeMap(async (answer) => {
        if (isEmptyList(answer)) await this.check(planId, named);
        return answer;
      }),
    );
  }

  /** The planner being away is no reason not to answer. @throws PLAN_NOT_FOUND, BRANCH_NOT_FOUND */
  private async check(planId: string, branch: string): Promise<void> {
    try {
      await this.branches.of(planId, branch);
    } catch (error) {
      if (!(error instanceof ServiceUnavailableError)) throw error;
    }
  }
}

function isEmptyList(answer: unknown): boolean {
  const { items } = (answer ?? {}) as { items?: unknown };
  return Array.isArray(items) && items.length === 0;
}
