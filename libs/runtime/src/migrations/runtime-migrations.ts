import { ResumeRuns1795200000000 } from './1795200000000-resume-runs.migration';
import { ForkBranches1795200300000 } from './1795200300000-fork-branches.migration';
import { HeldStarts1795300700000 } from './1795300700000-held-starts.migration';
import { SpendLimits1795400700000 } from './1795400700000-spend-limits.migration';
import { PlainSteps1795401100000 } from './1795401100000-plain-steps.migration';

/**
 * What has changed in the tables of durable runs since they were part of a service's first migration. Every service that
 * runs phases lists them among its own; TypeORM puts all in the order of their times.
 */
export const RUNTIME_MIGRATIONS = [
  ResumeRuns1795200000000,
  ForkBranches1795200300000,
  HeldStarts1795300700000,
  SpendLimits1795400700000,
  PlainSteps1795401100000,
];
