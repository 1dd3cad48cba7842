import type { BacklogItem, RunCheckpoint } from '@fiction/contracts';
import type { ItemView } from './backlog.dto';

/** An item with how far its run has come, and the addresses under which there is more of it. */
export function itemView(item: BacklogItem, checkpoints: RunCheckpoint[]): ItemView {
  const reached = checkpoints.find((one) => one.runId === item.runId);
  const plan = `/api/fiction/plans/${encodeURIComponent(item.planId)}`;
  const branch = `branch=${encodeURIComponent(item.branch)}`;
  return {
    ...item,
    checkpoint: reached === undefined ? null : withoutRun(reached),
    links: {
      self: `${plan}/backlog/${encodeURIComponent(item.itemId)}`,
      transcripts: `${plan}/transcripts?${branch}&runId=${encodeURIComponent(item.runId)}`,
      artifact: artifactOf(item, plan, branch),
    },
  };
}

function withoutRun({ checkpoint, status, percent, steps, attempt, changedAt }: RunCheckpoint) {
  return { checkpoint, status, percent, steps, attempt, changedAt };
}

function artifactOf({ phase, target }: BacklogItem, plan: string, branch: string): string | null {
  switch (phase) {
    case 'vision':
      return plan;
    case 'world':
    case 'lore':
      return `${plan}/world-bible?${branch}`;
    case 'planner':
      return `${plan}/passes?${branch}`;
    case 'blueprint':
      return `${plan}/blueprints?${branch}`;
    case 'scroll':
      return `${plan}/scrolls?${branch}`;
    case 'scene':
      return target.sceneId === undefined
        ? null
        : `${plan}/scenes/${encodeURIComponent(target.sceneId)}/drafts?${branch}`;
  }
}
