import type { Brief } from '@fiction/contracts';
import { createHash } from 'node:crypto';

/**
 * The same for two briefs exactly when they say the same: as they were written, before anything is filled in, so that a
 * changed setting of the installation makes no other brief of it. The order of fields does not count.
 */
export function briefDigest(brief: Brief): string {
  return createHash('sha256')
    .update(JSON.stringify(brief, (_name, value: unknown) => inOrder(value)))
    .digest('hex');
}

function inOrder(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([left], [right]) => (left < right ? -1 : 1)));
}
