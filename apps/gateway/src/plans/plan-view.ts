import { NO_USAGE, roundUsd, type PhaseReport, type PlanDetail } from '@fiction/contracts';
import type { PhaseProgress, PlanView } from './plan.dto';

type PhaseCounts = PlanDetail['phases'][number];

/**
 * A plan as the planner knows it, with what it has used up as telemetry knows it; `undefined`: telemetry is away.
 * Progress and words are of the primary branch, what is used up is of all.
 */
export function planView(plan: PlanDetail, reports: PhaseReport[] | undefined): PlanView {
  const { phases, words, ...rest } = plan;
  const known = reports ?? [];
  const sum = (field: 'calls' | 'inputTokens' | 'outputTokens' | 'costUsd' | 'words'): number =>
    known.reduce((total, report) => total + report[field], 0);
  return {
    ...rest,
    progress: phases.map((counts) => phaseProgress(counts, known)),
    words: words ?? sum('words'),
    calls: sum('calls'),
    tokens: { input: sum('inputTokens'), output: sum('outputTokens') },
    costUsd: roundUsd(sum('costUsd')),
    partial: reports === undefined,
  };
}

function phaseProgress(counts: PhaseCounts, reports: PhaseReport[]): PhaseProgress {
  const report = reports.find(({ phase }) => phase === counts.phase);
  const { calls, inputTokens, outputTokens, costUsd } = report ?? NO_USAGE;
  return {
    ...counts,
    startedAt: report?.startedAt ?? null,
    finishedAt: counts.done < counts.total ? null : (report?.finishedAt ?? null),
    calls,
    inputTokens,
    outputTokens,
    costUsd,
  };
}
