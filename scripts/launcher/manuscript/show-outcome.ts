import { relative } from 'node:path';
import { formatUsd } from '@fiction/contracts';
import { counted, formatDuration } from '../screen/format';
import type { GatewayClient } from '../gateway/gateway-client';
import { LaunchError } from '../launch.error';
import type { ChosenPlan } from '../plans/choose-plan';
import { howToResume, reasonOf } from '../plans/how-to-resume';
import type { PlanState } from '../plans/plan-state';
import type { Screen } from '../screen/screen';
import { type ManuscriptFiles, saveManuscript } from './manuscript-files';

/** How the outcome of a plan is shown. */
export interface OutcomeOptions {
  client: GatewayClient;
  screen: Screen;
  /** The manuscript's folder. */
  out: string;
  token: string;
  /** Whether the gateway stops next, so that its address is of no use. */
  exit: boolean;
  /** The book that this start is about; it may be set going again after it has failed. */
  followedId: string;
}

/** How it is said of a book; the rest are what they are called. */
const ENDED: Partial<Record<PlanState['status'], string>> = { failed: 'has failed', running: 'stands still' };

/**
 * Writes out what there is of a book and says where it is and what comes next.
 * @returns whether the book is complete and saved
 */
export async function showOutcome(
  plan: PlanState,
  origin: ChosenPlan['origin'],
  options: OutcomeOptions,
): Promise<boolean> {
  const { client, screen, token, exit } = options;
  const { bold, green, red } = screen.colors;
  const isComplete = plan.status === 'complete';
  if (isComplete) screen.line(`\n  ${green('✓')} ${bold(plan.title)} is complete: ${figures(plan)}`);
  else
    screen.line(red(`\n  ${plan.title} ${ENDED[plan.status] ?? `is ${plan.status}`}: ${reasonOf(plan.statusReason)}`));
  const files = isComplete || plan.words > 0 ? await trySave(plan, options) : undefined;
  if (files) rows(screen, fileRows(isComplete ? 'manuscript' : 'so far', files));
  else if (!isComplete && plan.words === 0)
    screen.line('  None of its prose is written yet, so there is no manuscript.');
  if (origin === 'made') screen.line('  It was made before; --again makes a new one from the same brief.');
  if (!isComplete) showNextSteps(plan, options);
  if (!exit) {
    rows(screen, [
      ['gateway', client.baseUrl],
      ['API', `${client.baseUrl}/api/docs`],
      ['token', token],
    ]);
  }
  return isComplete && files !== undefined;
}

/** The same for a book that nobody waits for, in few lines. */
export async function showOtherOutcome(plan: PlanState, options: OutcomeOptions): Promise<void> {
  const { screen } = options;
  const { green, red } = screen.colors;
  if (plan.status !== 'complete') {
    screen.line(red(`  ${plan.title} ${ENDED[plan.status] ?? `is ${plan.status}`}: ${reasonOf(plan.statusReason)}`));
    return;
  }
  const files = await trySave(plan, options);
  screen.line(
    `  ${green('✓')} ${plan.title} is complete${plan.id === options.followedId ? '' : ' too'}: ${figures(plan)}`,
  );
  if (files) rows(screen, fileRows('manuscript', files));
}

function showNextSteps(plan: PlanState, { client, screen, exit }: OutcomeOptions): void {
  const path = `/api/fiction/plans/${plan.id}`;
  const at = exit ? path : client.baseUrl + path;
  screen.line(`  Every model call and event is kept: ${at}/transcripts and ${at}/events`);
  if (plan.status === 'failed') {
    const how = exit ? 'start again with the same brief' : `POST ${at}/resume, or start again with the same brief`;
    screen.line(`  Fix the cause, then ${how}: what failed is tried again, and nothing finished is paid for twice.`);
  } else if (plan.status === 'paused') {
    screen.line(`  ${howToResume(plan, at)}`);
  }
  if (exit) screen.line('  These requests need npm start to be running, without --exit.');
}

async function trySave(plan: PlanState, { client, out, screen }: OutcomeOptions): Promise<ManuscriptFiles | undefined> {
  try {
    return await saveManuscript(client, plan, out);
  } catch (error) {
    if (!(error instanceof LaunchError) || error.code !== 'MANUSCRIPT_NOT_SAVED') throw error;
    const kept = `npm start with the same brief and another --out writes it out; it is not made again.`;
    screen.line(screen.colors.red(`  ${error.message}. ${plan.status === 'complete' ? kept : ''}`.trimEnd()));
    return undefined;
  }
}

function fileRows(name: string, { markdown, json, kept }: ManuscriptFiles): [string, string][] {
  return [
    [name, relativePath(markdown)],
    ['', relativePath(json)],
    ...kept.map((file): [string, string] => ['kept', `${relativePath(file)} (what was there before)`]),
  ];
}

function rows(screen: Screen, lines: [string, string][]): void {
  for (const [name, value] of lines) screen.line(`  ${name.padEnd(12)}${value}`);
}

function figures(plan: PlanState): string {
  const tookMs =
    plan.startedAt && plan.finishedAt ? Date.parse(plan.finishedAt) - Date.parse(plan.startedAt) : undefined;
  return [
    counted(plan.words, 'word'),
    counted(plan.calls, 'model call'),
    formatUsd(plan.costUsd),
    ...(tookMs === undefined ? [] : [formatDuration(tookMs)]),
  ].join(', ');
}

function relativePath(file: string): string {
  const short = relative(process.cwd(), file);
  return short.startsWith('..') ? file : short;
}
