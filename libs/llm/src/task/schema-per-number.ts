import type { z } from 'zod';

/**
 * The schema of answers that must have a certain number of something, made once for each number. A schema that is made
 * anew for every task costs its JSON Schema and its compiled parser every time.
 * @param make called once for each number; the numbers are from a bounded set, since all are kept
 */
export function schemaPerNumber<T>(make: (count: number) => z.ZodType<T>): (count: number) => z.ZodType<T> {
  const made = new Map<number, z.ZodType<T>>();
  return (count) => {
    const schema = made.get(count) ?? make(count);
    made.set(count, schema);
    return schema;
  };
}
