import { z } from 'zod';
import { fitShape } from './fit-shape';

/**
 * What fits of a JSON value that does not fit as it stands. Models told to answer with an object put it into another, or into a
 * list; or leave out the name of the only thing in it; or write its parts in another way. What fits then is all that they have
 * said.
 */
export function readingsOf<T>(schema: z.ZodType<T>, candidate: unknown): T[] {
  const within = candidate !== null && typeof candidate === 'object' ? Object.values(candidate) : [];
  const [name, ...others] = schema instanceof z.ZodObject ? Object.keys(schema.shape) : [];
  const readings: unknown[] = [
    candidate,
    ...(within.length === 1 ? within : []),
    ...(others.length === 0 && name ? [{ [name]: candidate }] : []),
  ];
  return readings.flatMap((reading) => {
    const result = schema.safeParse(fitShape(schema, reading));
    return result.success ? [result.data] : [];
  });
}
