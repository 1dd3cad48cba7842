import { z } from 'zod';

/**
 * What fits of a JSON value that does not fit as it stands. Models told to answer with an object put it into another, or into a
 * list; or leave out the name of the only thing in it; or say null where they have nothing to say and need not. What fits then
 * is all that they have said.
 */
export function readingsOf<T>(schema: z.ZodType<T>, candidate: unknown, error: z.ZodError): T[] {
  const within = candidate !== null && typeof candidate === 'object' ? Object.values(candidate) : [];
  const [name, ...others] = schema instanceof z.ZodObject ? Object.keys(schema.shape) : [];
  const readings: unknown[] = [
    ...(within.length === 1 ? within : []),
    ...(others.length === 0 && name ? [{ [name]: candidate }] : []),
    withoutNulls(candidate, error),
  ];
  return readings.flatMap((reading) => {
    const result = schema.safeParse(reading);
    return result.success ? [result.data] : [];
  });
}

/** The value without the nulls that are found wrong; where something must stand, it is then found missing. */
function withoutNulls(candidate: unknown, { issues }: z.ZodError): unknown {
  const copy = structuredClone(candidate);
  for (const { path } of issues) {
    const key = path.at(-1);
    const holder = path.slice(0, -1).reduce<unknown>(member, copy);
    if (key !== undefined && !Array.isArray(holder) && member(holder, key) === null) {
      delete (holder as Record<PropertyKey, unknown>)[key];
    }
  }
  return copy;
}

function member(value: unknown, key: PropertyKey): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<PropertyKey, unknown>)[key] : undefined;
}
