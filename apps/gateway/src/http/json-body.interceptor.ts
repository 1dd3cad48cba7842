import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import { PARAMTYPES_METADATA, ROUTE_ARGS_METADATA } from '@nestjs/common/constants';
import { RouteParamtypes } from '@nestjs/common/enums/route-paramtypes.enum';
import type { Request } from 'express';
import { isZodDto } from 'nestjs-zod/dto';
import type { Observable } from 'rxjs';
import { UnsupportedMediaTypeError } from './http.errors';

const JSON_TYPE = 'application/json';

/**
 * A route whose body has a schema takes JSON, or no body at all. One that is said to be something else is not read by
 * anybody, and would pass for none.
 */
@Injectable()
export class JsonBodyInterceptor implements NestInterceptor {
  /** Whether a handler takes JSON; handlers do not change. */
  private readonly takers = new WeakMap<object, boolean>();

  /** @throws UnsupportedMediaTypeError */
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    if (context.getType() === 'http') {
      const request = context.switchToHttp().getRequest<Request>();
      if (hasBody(request) && !isJson(request) && this.takesJson(context)) {
        throw new UnsupportedMediaTypeError([JSON_TYPE]);
      }
    }
    return next.handle();
  }

  private takesJson(context: ExecutionContext): boolean {
    const handler = context.getHandler();
    const known = this.takers.get(handler);
    if (known !== undefined) return known;
    const { name } = handler;
    const controller = context.getClass();
    const read = (Reflect.getMetadata(ROUTE_ARGS_METADATA, controller, name) ?? {}) as Record<
      string,
      { index: number }
    >;
    const types = (Reflect.getMetadata(PARAMTYPES_METADATA, controller.prototype as object, name) ?? []) as unknown[];
    const takes = Object.entries(read).some(
      ([key, { index }]) => key.startsWith(`${RouteParamtypes.BODY}:`) && isZodDto(types[index]),
    );
    this.takers.set(handler, takes);
    return takes;
  }
}

const hasBody = ({ headers }: Request): boolean =>
  headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;

const isJson = ({ headers }: Request): boolean =>
  headers['content-type']?.split(';')[0]?.trim().toLowerCase() === JSON_TYPE;
