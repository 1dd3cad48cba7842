import { z } from 'zod';

/** The part of an RFC 9457 problem document that is shown. */
export const problemSchema = z.object({
  title: z.string().default('The request was refused'),
  detail: z.string().optional(),
  code: z.string().optional(),
  errors: z.array(z.object({ field: z.string().default(''), message: z.string() })).default([]),
});

export type ShownProblem = z.infer<typeof problemSchema>;

/** The gateway refused a request; the message names every field that was wrong, one a line. */
export class GatewayProblemError extends Error {
  constructor(
    readonly status: number,
    readonly problem: ShownProblem,
  ) {
    super(describe(status, problem));
    this.name = 'GatewayProblemError';
  }
}

function describe(status: number, { title, detail, code, errors }: ShownProblem): string {
  const width = Math.max(0, ...errors.map(({ field }) => field.length));
  const head = detail && detail !== title ? `${title}: ${detail}` : title;
  const fields = errors.map(({ field, message }) => `\n  ${field.padEnd(width)}  ${message}`);
  return `${head} (${code ?? status})${fields.join('')}`;
}
