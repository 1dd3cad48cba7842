import type { Brief } from './brief.schema';
import { digestOf } from '../digest';

/**
 * The same for two briefs exactly when they say the same: as they were written, before anything is filled in, so that a
 * changed setting of the installation makes no other brief of it.
 */
export function briefDigest(brief: Brief): string {
  return digestOf(brief);
}
