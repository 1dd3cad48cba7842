import type { RunEvent } from '@fiction/contracts';
import type { RunState } from '../../runs/run-state';
import { gone, seen, type Sighting } from '../sighting';
import type { TroubledRun } from './troubled-run';

/**
 * metadata-missing, and what item-blocked goes by. `state` is the run's with the event in it: what is told late, of an
 * older attempt, changes nothing.
 */
export function takeBlock(run: TroubledRun, event: RunEvent, state: RunState): Sighting[] {
  if (state.status === 'Blocked') return isOf(event, state) ? begin(run, event) : [];
  if (run.block === null) return [];
  if (state.status === 'Enqueued' || state.status === 'Resumed') {
    run.block.queued = true;
    return [];
  }
  const { metadataCause } = run.block;
  run.block = null;
  return [
    gone('item-blocked', run.runId),
    ...(metadataCause === null ? [] : [gone('metadata-missing', metadataCause)]),
  ];
}

/** When it has to be told that the run is blocked for long; what lacks metadata was told of at once. */
export function blockedTooLongAtMs({ block }: TroubledRun, blockedSeconds: number): number | undefined {
  if (block === null || block.metadataCause !== null || block.queued || block.told) return undefined;
  return block.sinceMs + blockedSeconds * 1000;
}

/** item-blocked: once for each time it is blocked. */
export function takeLongBlock(run: TroubledRun, nowMs: number, blockedSeconds: number): Sighting[] {
  const atMs = blockedTooLongAtMs(run, blockedSeconds);
  if (run.block === null || atMs === undefined || atMs > nowMs) return [];
  run.block.told = true;
  const since = new Date(run.block.sinceMs).toISOString();
  return [
    seen({
      rule: 'item-blocked',
      cause: run.runId,
      severity: 'warning',
      planId: run.planId,
      branch: run.branch,
      itemIds: [run.itemId],
      message: `${run.runId} has been blocked for more than ${blockedSeconds} s: ${run.block.message}`,
      details: { runId: run.runId, since },
    }),
  ];
}

function begin(run: TroubledRun, event: RunEvent): Sighting[] {
  const before = run.block;
  const earlier = before?.metadataCause ?? null;
  const missing = event.details['reason'] === 'METADATA_MISSING' ? event.details['missing'] : undefined;
  const cause = event.details['reason'] === 'METADATA_MISSING' ? (event.metadata.backlogItemId ?? event.runId) : null;
  run.block = {
    sinceMs: Date.parse(event.occurredAt),
    message: event.message,
    metadataCause: cause,
    queued: false,
    told: false,
  };
  const sightings: Sighting[] = earlier === null || earlier === cause ? [] : [gone('metadata-missing', earlier)];
  if (cause === null) return sightings;
  const fields = Array.isArray(missing) ? missing.filter((field) => typeof field === 'string') : [];
  return [
    ...sightings,
    // What it waited for until now is not what keeps it any more.
    ...(before?.metadataCause === null ? [gone('item-blocked', run.runId)] : []),
    seen({
      rule: 'metadata-missing',
      cause,
      severity: 'critical',
      planId: run.planId,
      branch: run.branch,
      itemIds: [run.itemId],
      message: `${run.runId} does not run: its task metadata lacks ${fields.join(', ') || 'a field'}`,
      details: { runId: run.runId, missing: fields },
    }),
  ];
}

function isOf(event: RunEvent, state: RunState): boolean {
  return (
    event.status === state.status &&
    event.attempt === state.attempt &&
    event.revision === state.revision &&
    Date.parse(event.occurredAt) === state.changedAtMs
  );
}
