import type { z } from 'zod';
import type { ServiceName } from '../plan/phases';

/** A fact or an order that must not be lost: it goes through an outbox and JetStream. */
export interface MessageContract<T = unknown> {
  kind: 'command' | 'event';
  subject: string;
  schema: z.ZodType<T>;
}

/** A question one service answers within a time limit; nothing is lost when it is asked again. */
export interface RequestContract<Q = unknown, A = unknown> {
  kind: 'request';
  subject: string;
  /** The service that answers. */
  service: ServiceName;
  request: z.ZodType<Q>;
  reply: z.ZodType<A>;
  timeoutMs: number;
}

export type RequestOf<C> = C extends RequestContract<infer Q, unknown> ? Q : never;
export type ReplyOf<C> =
  C extends RequestContract<never, infer A> ? A : C extends RequestContract<infer _Q, infer A> ? A : never;

export function command<S extends z.ZodType>(
  service: ServiceName,
  verb: string,
  schema: S,
): MessageContract<z.infer<S>> {
  return { kind: 'command', subject: `fiction.command.${service}.${verb}`, schema: schema as z.ZodType<z.infer<S>> };
}

export function event<S extends z.ZodType>(noun: string, participle: string, schema: S): MessageContract<z.infer<S>> {
  return { kind: 'event', subject: `fiction.event.${noun}.${participle}`, schema: schema as z.ZodType<z.infer<S>> };
}

export function request<Q extends z.ZodType, A extends z.ZodType>(
  service: ServiceName,
  name: `${string}.${string}`,
  schemas: { request: Q; reply: A },
  timeoutMs = 5_000,
): RequestContract<z.infer<Q>, z.infer<A>> {
  return {
    kind: 'request',
    subject: `${service}.${name}`,
    service,
    request: schemas.request as z.ZodType<z.infer<Q>>,
    reply: schemas.reply as z.ZodType<z.infer<A>>,
    timeoutMs,
  };
}
