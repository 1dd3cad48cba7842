import { createHash } from 'node:crypto';

/** The same for two values exactly when they say the same: the order of fields does not count, nor what is undefined. */
export function digestOf(value: unknown): string {
  return createHash('sha256')
    .update(JSON.stringify(value, (_name, inner: unknown) => inOrder(inner)))
    .digest('hex');
}

function inOrder(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([left], [right]) => (left < right ? -1 : 1)));
}
