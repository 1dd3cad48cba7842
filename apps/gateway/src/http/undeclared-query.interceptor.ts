import { InvalidInputError } from '@fiction/contracts';
import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import { ROUTE_ARGS_METADATA } from '@nestjs/common/constants';
import { RouteParamtypes } from '@nestjs/common/enums/route-paramtypes.enum';
import type { Request } from 'express';
import type { Observable } from 'rxjs';

const API = '/api/';

/**
 * A route that reads no query refuses one: a parameter that nobody reads would be a wish that is not heard, such as a
 * branch that is named to a route that takes it elsewhere and then acts on another.
 */
@Injectable()
export class UndeclaredQueryInterceptor implements NestInterceptor {
  /** Whether a handler reads the query; handlers do not change. */
  private readonly readers = new WeakMap<object, boolean>();

  /** @throws InvalidInputError naming each parameter */
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    if (context.getType() === 'http') {
      const { path, query } = context.switchToHttp().getRequest<Request>();
      const names = Object.keys(query);
      if (names.length > 0 && path.startsWith(API) && !this.readsQuery(context)) {
        const errors = names.map((field) => ({ field, message: 'is not a known field' }));
        throw new InvalidInputError('The request is not valid.', errors);
      }
    }
    return next.handle();
  }

  private readsQuery(context: ExecutionContext): boolean {
    const handler = context.getHandler();
    const known = this.readers.get(handler);
    if (known !== undefined) return known;
    const parameters = Reflect.getMetadata(ROUTE_ARGS_METADATA, context.getClass(), handler.name) as object | undefined;
    const reads = Object.keys(parameters ?? {}).some((key) => key.startsWith(`${RouteParamtypes.QUERY}:`));
    this.readers.set(handler, reads);
    return reads;
  }
}
