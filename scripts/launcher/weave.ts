import type { GatewayClient } from './gateway-client';
import { showOtherOutcome, showOutcome } from './manuscript/show-outcome';
import { choosePlan } from './plans/choose-plan';
import { followPlan } from './plans/follow-plan';
import { OtherPlans } from './plans/other-plans';
import { PlanLedger } from './plans/plan-ledger';
import { ProgressView } from './progress-view';
import type { Screen } from './screen';
import type { StartOptions } from './start-options';

/** What of a start the weaving needs. */
type WeaveOptions = Pick<StartOptions, 'brief' | 'briefGiven' | 'again' | 'out' | 'exit'> & {
  screen: Screen;
  stopped: AbortSignal;
};

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
  const { screen, stopped, exit, out } = options;
  const { bold, dim } = screen.colors;
  screen.line(`\n  ${'gateway'.padEnd(12)}${client.baseUrl}   ${dim(`API at ${client.baseUrl}/api/docs`)}`);
  screen.line(`  ${'token'.padEnd(12)}${token}`);

  const { planId, origin } = await choosePlan(client, await PlanLedger.open(ledgerFile), options);
  const title = (await client.plan(planId))?.title ?? planId;
  const what = { new: 'writing', 'carried on': 'carrying on', made: 'showing' }[origin];
  screen.line(`\n  ${what} ${bold(title)} ${dim(`(plan ${planId})`)}`);

  const outcome = { client, screen, out, token, exit };
  const others = await OtherPlans.find(client, planId, (plan) => showOtherOutcome(plan, outcome));
  for (const { id, title: other, status } of others.unfinished) {
    screen.line(`  ${status === 'paused' ? 'also paused' : 'also carrying on'} ${bold(other)} ${dim(`(plan ${id})`)}`);
  }
  const watching = new AbortController();
  const watched = watchToTheEnd(others, AbortSignal.any([watching.signal, stopped]), screen);
  try {
    const view = new ProgressView(screen);
    const plan = await followPlan({ client, planId, screen, view, endWhenPaused: exit, stopped });
    const isSaved = await showOutcome(plan, origin, outcome);
    if (!exit) {
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

/** Never fails: books that nobody waits for must not end the one that somebody waits for. */
async function watchToTheEnd(others: OtherPlans, stopped: AbortSignal, screen: Screen): Promise<void> {
  try {
    await others.watch(stopped);
  } catch (error) {
    if (!stopped.aborted)
      screen.line(screen.colors.yellow(`  other books are not watched: ${(error as Error).message}`));
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
