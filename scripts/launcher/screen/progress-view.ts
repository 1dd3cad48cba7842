import { formatUsd } from '@fiction/contracts';
import { counted, formatDuration, formatTokens } from './format';
import { type PhaseProgress, PHASES, type PlanState } from '../plans/plan-state';
import type { Screen } from './screen';
import { wrap } from './wrap';

const PLAIN_EVERY_MS = 2_000;
/** What a phase has used up is counted by another service, which may be a moment behind. */
const COUNTED_WITHIN_MS = 3_000;

/** Shows how far a plan is: bars on a terminal, elsewhere a line for each phase that has moved. */
export class ProgressView {
  private readonly shown = new Map<string, string>();
  /** How far each phase was when it was looked at first. */
  private readonly firstSeen = new Map<string, { done: number; atMs: number }>();
  /** What has moved and is not shown yet, as it was seen last, and since when. */
  private readonly moved = new Map<string, { figures: string; sinceMs: number }>();
  private notes = new Set<string>();
  private lastPlainAt = -Infinity;
  private isLast = false;

  constructor(
    private readonly screen: Screen,
    private readonly now: () => number = Date.now,
  ) {}

  /** @param notes why something stands still, a line each */
  show(plan: PlanState, notes: readonly string[] = []): void {
    const phases = inOrder(plan.progress);
    for (const { phase, done } of phases) {
      if (!this.firstSeen.has(phase)) this.firstSeen.set(phase, { done, atMs: this.now() });
    }
    if (this.screen.isTerminal) {
      const bars = phases.map((phase) => this.bar(phase));
      this.screen.draw(['', ...bars, this.total(plan), ...notes.flatMap((note) => this.noteRows(note))]);
    } else {
      this.showPlain(phases);
      this.showNotes(notes);
    }
  }

  /** Shows the last state whole and leaves it there. */
  finish(plan: PlanState): void {
    this.lastPlainAt = -Infinity;
    this.isLast = true;
    this.show(plan);
    this.screen.settle();
  }

  private showPlain(phases: PhaseProgress[]): void {
    if (this.now() - this.lastPlainAt < PLAIN_EVERY_MS) return;
    for (const phase of phases) {
      const { done, total, blocked, failed } = phase;
      const key = [done, total, blocked, failed].join();
      if (total === 0 || this.shown.get(phase.phase) === key || this.isUncounted(phase)) continue;
      this.shown.set(phase.phase, key);
      this.lastPlainAt = this.now();
      this.screen.line([`${phase.phase.padEnd(9)} ${counts(phase).padEnd(7)}`, ...this.figures(phase)].join('  '));
    }
  }

  /** Until two looks have seen the same figures: a line that was written is not corrected any more. */
  private isUncounted({ phase, done, calls, inputTokens, outputTokens }: PhaseProgress): boolean {
    if (this.isLast || done === 0) return false;
    const before = this.moved.get(phase);
    const figures = [done, calls, inputTokens, outputTokens].join();
    const sinceMs = before?.sinceMs ?? this.now();
    const isSettled = calls > 0 && before?.figures === figures;
    if (!isSettled && this.now() - sinceMs < COUNTED_WITHIN_MS) {
      this.moved.set(phase, { figures, sinceMs });
      return true;
    }
    this.moved.delete(phase);
    return false;
  }

  /** Each once, until it has gone; what only counts differently is the same. */
  private showNotes(notes: readonly string[]): void {
    const before = this.notes;
    this.notes = new Set(notes.map((note) => note.replaceAll(/\d+/g, '#')));
    for (const note of notes) {
      if (!before.has(note.replaceAll(/\d+/g, '#'))) this.screen.line(`  ${note}`);
    }
  }

  private noteRows(note: string): string[] {
    const { colors, columns } = this.screen;
    return wrap(note, Math.max(20, columns - 5)).map((row, n) => colors.yellow(`  ${n === 0 ? '' : '  '}${row}`));
  }

  private bar(phase: PhaseProgress): string {
    const { colors, columns } = this.screen;
    const width = columns >= 110 ? 28 : 14;
    const share = phase.total > 0 ? phase.done / phase.total : 0;
    const filled = Math.floor(share * width);
    const paint = phase.failed > 0 ? colors.red : phase.done === phase.total ? colors.green : colors.cyan;
    const bar = paint('█'.repeat(filled)) + colors.dim('░'.repeat(width - filled));
    const used = 2 + 9 + 1 + width + 2;
    const text = fit([counts(phase).padEnd(9), ...this.figures(phase)], columns - used - 1);
    return `  ${phase.phase.padEnd(9)} ${bar}  ${phase.total === 0 ? colors.dim(text) : text}`;
  }

  private figures(phase: PhaseProgress): string[] {
    const elapsedMs = this.elapsedMs(phase);
    const isDone = phase.total > 0 && phase.done === phase.total;
    const etaMs = this.etaMs(phase);
    const eta = isDone ? 'done' : `eta ${etaMs === undefined ? '–' : formatDuration(etaMs)}`;
    return [
      formatDuration(elapsedMs).padStart(5),
      eta.padEnd(9),
      counted(phase.calls, 'call').padEnd(10),
      `${formatTokens(phase.inputTokens + phase.outputTokens)} tokens`.padEnd(13),
      formatUsd(phase.costUsd),
      ...(['running', 'blocked', 'failed'] as const).flatMap((what) =>
        phase[what] > 0 ? [`${phase[what]} ${what}`] : [],
      ),
    ];
  }

  /** By what has been done since this view began: a book that is carried on has lain still for who knows how long. */
  private etaMs({ phase, done, total, running, startedAt }: PhaseProgress): number | undefined {
    const first = this.firstSeen.get(phase)!;
    const made = done - first.done;
    if (made <= 0 || running === 0 || done === total || !startedAt) return undefined;
    const tookMs = this.now() - Math.max(first.atMs, Date.parse(startedAt));
    return (tookMs / made) * (total - done);
  }

  private elapsedMs({ startedAt, finishedAt }: PhaseProgress): number {
    return startedAt ? (finishedAt ? Date.parse(finishedAt) : this.now()) - Date.parse(startedAt) : 0;
  }

  private total(plan: PlanState): string {
    const { colors, columns } = this.screen;
    const elapsedMs = plan.startedAt
      ? (plan.finishedAt ? Date.parse(plan.finishedAt) : this.now()) - Date.parse(plan.startedAt)
      : 0;
    const parts = [
      formatDuration(elapsedMs),
      counted(plan.words, 'word'),
      counted(plan.calls, 'model call'),
      `${formatTokens(plan.tokens.input + plan.tokens.output)} tokens`,
      formatUsd(plan.costUsd),
      ...(plan.status === 'running' ? [] : [plan.status]),
    ];
    return `  ${colors.bold('total'.padEnd(9))} ${fit(parts, columns - 13)}`;
  }
}

function inOrder(progress: PhaseProgress[]): PhaseProgress[] {
  const rank = (phase: string): number => {
    const index = (PHASES as readonly string[]).indexOf(phase);
    return index < 0 ? PHASES.length : index;
  };
  return [...progress].sort((a, b) => rank(a.phase) - rank(b.phase));
}

function counts({ done, total }: PhaseProgress): string {
  return `${done}/${total}`;
}

/** As many parts as fit: a row that wraps could not be redrawn. */
function fit(parts: string[], columns: number): string {
  let text = '';
  for (const part of parts) {
    const longer = text ? `${text}  ${part}` : part;
    if (longer.length > columns) break;
    text = longer;
  }
  return text;
}
