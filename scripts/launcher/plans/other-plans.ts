import { setTimeout as sleep } from 'node:timers/promises';
import type { GatewayClient } from '../gateway/gateway-client';
import { WaitingRuns } from '../standstill/waiting-runs';
import { reasonOf } from './how-to-resume';
import { isUnfinished, type PlanName, type PlanState } from './plan-state';

const LOOK_EVERY_MS = 2_000;
/** Histories that are read in one look: with many books each has its turn, and no token is asked for too much. */
const HISTORIES_A_LOOK = 3;

/** Who is told of a book that nobody waits for. */
export interface OtherPlansListener {
  /** It is paused, waits, or goes on: in words. */
  changed(words: string): void;
  /** It is complete, or has failed. */
  ended(plan: PlanState): Promise<void>;
}

interface Watched {
  plan: PlanName;
  waits: WaitingRuns;
  /** What was told of it last, but for numbers. */
  told: string;
}

/** The unfinished books of earlier starts: the services carry them on beside the one that this start follows. */
export class OtherPlans {
  private readonly watched = new Map<string, Watched>();
  private looking?: Promise<void>;
  /** Those that had failed before; nobody looks whether they are resumed. */
  readonly failed: PlanName[] = [];

  private constructor(
    private readonly client: GatewayClient,
    private readonly listener: OtherPlansListener,
  ) {}

  static async find(client: GatewayClient, followedId: string, listener: OtherPlansListener): Promise<OtherPlans> {
    const others = new OtherPlans(client, listener);
    for await (const plan of client.plans()) {
      if (plan.id === followedId) continue;
      if (isUnfinished(plan)) others.add(plan);
      else if (plan.status === 'failed') others.failed.push(plan);
    }
    return others;
  }

  get unfinished(): readonly PlanName[] {
    return [...this.watched.values()].map(({ plan }) => plan);
  }

  /** Watches one more: it may be set going while this start serves. */
  add(plan: PlanName): void {
    const waits = new WaitingRuns((afterSeq) => this.client.events(plan.id, afterSeq));
    this.watched.set(plan.id, { plan, waits, told: '' });
  }

  /** Looks until it is told to stop, and then once more. */
  async watch(stopped: AbortSignal): Promise<void> {
    for (;;) {
      await sleep(LOOK_EVERY_MS, undefined, { signal: stopped }).catch(() => undefined);
      if (this.watched.size > 0) await this.look();
      if (stopped.aborted) return;
      // Beside it: a history that is out of reach holds up nothing.
      this.looking ??= this.lookWhyTheyWait().finally(() => (this.looking = undefined));
    }
  }

  /** By the list, whose pages hold many: asking for each plan would spend what the token may ask in a minute. */
  private async look(): Promise<void> {
    const missing = new Set(this.watched.keys());
    for await (const plan of this.client.plans()) {
      if (missing.delete(plan.id)) await this.seen(plan);
      if (missing.size === 0) return;
    }
    for (const id of missing) this.watched.delete(id);
  }

  private async seen(plan: PlanName): Promise<void> {
    const watched = this.watched.get(plan.id)!;
    const before = watched.plan.status;
    watched.plan = plan;
    if (plan.status === before) return;
    watched.told = '';
    if (plan.status === 'paused') this.listener.changed(`${plan.title} is paused: ${reasonOf(plan.statusReason)}`);
    else if (isUnfinished(plan)) this.listener.changed(`${plan.title} goes on`);
    else await this.end(plan);
  }

  /** What has failed may be resumed: it is watched on. */
  private async end({ id, status }: PlanName): Promise<void> {
    if (status !== 'failed') this.watched.delete(id);
    const plan = await this.client.plan(id);
    if (plan) await this.listener.ended(plan);
  }

  private async lookWhyTheyWait(): Promise<void> {
    const running = [...this.watched.values()].filter(({ plan }) => plan.status === 'running');
    for (const one of running.slice(0, HISTORIES_A_LOOK)) {
      // To the end of the queue.
      this.watched.delete(one.plan.id);
      this.watched.set(one.plan.id, one);
      const words = (await one.waits.look().catch(() => [])).join('; ');
      const told = words.replaceAll(/\d+/g, '#');
      if (told !== '' && told !== one.told) this.listener.changed(`${one.plan.title}: ${words}`);
      one.told = told;
    }
  }
}
