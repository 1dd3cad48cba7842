import type { GatewayClient } from './gateway/gateway-client';
import { showOtherOutcome, showOutcome } from './manuscript/show-outcome';
import { type ChosenBrief, type ChosenPlan, choosePlan } from './plans/choose-plan';
import { followPlan } from './plans/follow-plan';
import { OtherPlans } from './plans/other-plans';
import { PlanLedger } from './plans/plan-ledger';
import { tryAgain } from './plans/try-again';
import { someOf } from './screen/format';
import type { PlanName } from './plans/plan-state';
import { ProgressView } from './screen/progress-view';
import type { Screen } from './screen/screen';
import type { StartOptions } from './start-options';

/** What of a start the weaving needs. */
type WeaveOptions = Pick<StartOptions, 'again' | 'out' | 'exit'> & {
  brief: ChosenBrief;
  screen: Screen;
  stopped: AbortSignal;
  /** Says whether a start that is stopped leaves something to carry on. */
  book: { isUnfinished: boolean };
};

const DOING = { new: 'writing', 'carried on': 'carrying on', failed: 'carrying on', made: 'showing' };

/**
 * Follows one book to its end and saves it, and beside it those that earlier starts have left unfinished. Then serves,
 * unless it is to exit.
 * @returns the exit status
 */
export async function weave(
  client: GatewayClient,
  options: WeaveOptions,
  { token, ledgerFile }: { token: string; ledgerFile: string },
): Promise<number> {
  const { screen, stopped, exit, out, book } = options;
  const { dim } = screen.colors;
  screen.line(`\n  ${'gateway'.padEnd(12)}${client.baseUrl}   ${dim(`API at ${client.baseUrl}/api/docs`)}`);
  screen.line(`  ${'token'.padEnd(12)}${token}`);

  const chosen = await choosePlan(client, await PlanLedger.open(ledgerFile), options);
  const { planId, origin } = chosen;
  await showChosen(client, chosen, screen);

  const outcome = { client, screen, out, token, exit, followedId: planId };
  const others = await OtherPlans.find(client, planId, {
    changed: (words) => screen.line(screen.colors.yellow(`  ${words}`)),
    ended: (plan) => showOtherOutcome(plan, outcome),
  });
  showOthers(others, client, screen);
  const watching = new AbortController();
  const watched = watchToTheEnd(others, AbortSignal.any([watching.signal, stopped]), screen);
  try {
    const view = new ProgressView(screen);
    book.isUnfinished = true;
    const plan = await followPlan({ client, planId, screen, view, endAtStandstill: exit, stopped });
    book.isUnfinished = false;
    const isSaved = await showOutcome(plan, origin, outcome);
    if (!exit) {
      if (plan.status === 'failed') others.add(plan);
      screen.line(`\n  ${dim('Serving. Ctrl-C stops everything.')}`);
      await forever(stopped);
    }
    watching.abort();
    await watched;
    return isSaved ? 0 : 1;
  } finally {
    watching.abort();
  }
}

/** Says what is done for which book; what has failed in it is set going first. */
async function showChosen(client: GatewayClient, { planId, origin }: ChosenPlan, screen: Screen): Promise<void> {
  const { bold, dim } = screen.colors;
  const title = (await client.plan(planId))?.title ?? planId;
  const more = origin === 'failed' ? `: ${await tryAgain(client, planId)}` : '';
  screen.line(`\n  ${DOING[origin]} ${bold(title)}${more} ${dim(`(plan ${planId})`)}`);
}

function showOthers({ unfinished, failed }: OtherPlans, client: GatewayClient, screen: Screen): void {
  const { bold, dim } = screen.colors;
  const paused = unfinished.filter(({ status }) => status === 'paused');
  const going = unfinished.filter(({ status }) => status !== 'paused');
  for (const { id, title } of going) screen.line(`  also carrying on ${bold(title)} ${dim(`(plan ${id})`)}`);
  if (going.length > 0) {
    const others = going.length > 1 ? ', likewise for the others' : '';
    screen.line(dim(`  to stop a book that you no longer want, POST ${client.planUrl(going[0]!.id)}/pause${others}`));
  }
  const leftAlone = (state: string, plans: readonly PlanName[]): void => {
    if (plans.length === 0) return;
    const books = plans.length === 1 ? `1 ${state} book is` : `${plans.length} ${state} books are`;
    screen.line(dim(`  ${books} left alone: ${someOf(plans.map(({ title }) => title))}`));
  };
  leftAlone('paused', paused);
  leftAlone('failed', failed);
}

/** Never fails: books that nobody waits for must not end the one that somebody waits for. */
async function watchToTheEnd(others: OtherPlans, stopped: AbortSignal, screen: Screen): Promise<void> {
  try {
    await others.watch(stopped);
  } catch (error) {
    if (!stopped.aborted) screen.line(screen.colors.yellow(`  cannot watch other books: ${(error as Error).message}`));
  }
}

/** Until the start is stopped: then the signal's reason is thrown. */
async function forever(stopped: AbortSignal): Promise<never> {
  return new Promise<never>((_, reject) => {
    const end = (): void => reject(stopped.reason as Error);
    if (stopped.aborted) end();
    else stopped.addEventListener('abort', end, { once: true });
  });
}
