import type { RunEvent } from '@fiction/contracts';
import type { ModelCallErrorCode } from '@fiction/llm';
import { gone, seen, type Sighting } from '../sighting';

/** What the rule knows of a provider. Times are milliseconds since 1970. */
export interface RefusingProvider {
  providerId: string;
  /** The latest refusals since one of its runs completed, oldest first; as many as it takes for an alert. */
  refusalsMs: number[];
  completedMs: number;
}

const PROVIDER_CODES: ReadonlySet<unknown> = new Set([
  'PROVIDER_THROTTLED',
  'PROVIDER_UNREACHABLE',
  'PROVIDER_NOT_READY',
  'PROVIDER_UNAVAILABLE',
  'PROVIDER_TIMEOUT',
  'PROVIDER_REFUSED',
  'PROVIDER_KEY_MISSING',
  'UNKNOWN_PROVIDER',
  'UNKNOWN_MODEL',
] satisfies ModelCallErrorCode[]);
/** Refusals further apart than this are not one trouble. */
const WINDOW_MS = 600_000;

/** Whether an attempt ended because its provider would not, or could not, answer. */
export function isRefusal(event: RunEvent): boolean {
  return (event.status === 'Resumed' || event.status === 'Failed') && PROVIDER_CODES.has(event.details['code']);
}

/** provider-refusing: so many refusals within ten minutes, and no run of the provider completed in between. */
export function takeOutcome(provider: RefusingProvider, event: RunEvent, mostRefusals: number): Sighting[] {
  const atMs = Date.parse(event.occurredAt);
  if (event.status === 'Completed') {
    provider.completedMs = Math.max(provider.completedMs, atMs);
    provider.refusalsMs = provider.refusalsMs.filter((refusalMs) => refusalMs > provider.completedMs);
    return provider.refusalsMs.length < mostRefusals ? [gone('provider-refusing', provider.providerId)] : [];
  }
  if (!isRefusal(event) || atMs <= provider.completedMs) return [];
  provider.refusalsMs = [...provider.refusalsMs, atMs].sort((one, other) => one - other).slice(-mostRefusals);
  const [firstMs = atMs] = provider.refusalsMs;
  if (provider.refusalsMs.length < mostRefusals || provider.refusalsMs.at(-1)! - firstMs > WINDOW_MS) return [];
  return [
    seen({
      rule: 'provider-refusing',
      cause: provider.providerId,
      severity: 'critical',
      planId: null,
      branch: null,
      itemIds: [],
      message: `${provider.providerId} has given no answer ${mostRefusals} times in a row, the last time: ${event.message}`,
      details: { code: event.details['code'], runId: event.runId, modelId: event.metadata.modelId ?? null },
    }),
  ];
}
