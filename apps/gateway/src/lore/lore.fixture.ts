import { settleBrief, type LoreCounts, type LoreRequirementView, type PlanDetail } from '@fiction/contracts';

const AT = '2024-01-01T00:00:00.000Z';

export const NO_LORE: LoreCounts = {
  total: 0,
  byStatus: { planned: 0, blocked: 0, requested: 0, drafted: 0, ready: 0, rejected: 0, failed: 0 },
  breached: 0,
  oldestBlockedSeconds: null,
};

export const REQUIREMENT: LoreRequirementView = {
  id: 'p-lore-1',
  domain: 'places',
  name: 'The Mill',
  why: 'a chapter plays there',
  kind: 'entry',
  status: 'drafted',
  chapter: 2,
  scene: null,
  source: 'fiction:vision:p',
  entryId: null,
  waived: false,
  blockedAt: AT,
  dueAt: AT,
  breached: true,
  createdAt: AT,
  updatedAt: AT,
};

/** A plan whose primary branch is `primaryBranch`. */
export function planOf(id: string, primaryBranch: string): PlanDetail {
  const brief = { title: 'The Salt Clock', author: 'M. Okafor', text: 'A clock of salt.' };
  return {
    id,
    projectId: 'shelf',
    title: brief.title,
    author: brief.author,
    status: 'running',
    statusReason: null,
    briefDigest: null,
    createdAt: AT,
    startedAt: AT,
    finishedAt: null,
    brief: settleBrief(brief, { provider: 'rehearsal', model: 'novelist' }),
    primaryBranch,
    phases: [],
    words: 0,
  };
}
