import { BranchesReader } from '../branches/branches.reader';
import type { PlannerFixture } from './planner-fixture';
import type { SimulatedRun } from './simulated-runs';

interface Sequence {
  /** What was done to the plan so far. */
  done: string[];
  /** What each branch was seen to share first. */
  shares: Map<string, string>;
}

interface ItemSeen {
  id: string;
  run_id: string;
  branch: string;
  status: string;
  reason_code: string | null;
  pending: number;
  pending_lore: number;
  awaits: boolean;
  waits: number;
  waits_lore: number;
  effective: string;
}

const ITEMS = `
  SELECT i.id, i.run_id, i.branch, i.status, i.reason_code, i.pending, i.pending_lore, i.awaits_release AS awaits,
    (SELECT count(*)::int FROM dependencies d JOIN items o ON o.id = d.depends_on
     WHERE d.item_id = i.id AND o.status <> 'complete' AND o.phase = 'lore') AS waits_lore,
    (SELECT count(*)::int FROM dependencies d JOIN items o ON o.id = d.depends_on
     WHERE d.item_id = i.id AND o.status <> 'complete') AS waits,
    CASE WHEN p.primary_branch = b.name OR p.status = 'paused' THEN p.status ELSE b.status END AS effective
  FROM items i JOIN plans p ON p.id = i.plan_id JOIN branches b ON b.plan_id = i.plan_id AND b.name = i.branch
  WHERE i.plan_id = $1`;

const SHARES = `
  SELECT s.branch, string_agg(s.item_id, ' ' ORDER BY s.item_id) AS shared,
    count(*) FILTER (WHERE i.status <> 'complete' OR i.branch = s.branch)::int AS open
  FROM shared_items s JOIN items i ON i.id = s.item_id WHERE s.plan_id = $1 GROUP BY s.branch`;

/**
 * What holds of the graph of a plan, whatever is done to it. It is looked at after every step of a thousand sequences, so
 * what is broken is gathered, and expected once to be nothing.
 */
export async function checkGraph(fixture: PlannerFixture, planId: string, sequence: Sequence): Promise<void> {
  const items = await fixture.query<ItemSeen>(ITEMS, [planId]);
  const unheard = new Set(fixture.runs.events.map((event) => event.runId));
  const broken: object[] = items.flatMap((item) => {
    const run = fixture.runs.runs.get(item.run_id);
    const rules = brokenRules(item, run, unheard.has(item.run_id));
    if ((fixture.runs.completions.get(item.run_id) ?? 0) > 1) rules.push('none is complete twice');
    return rules.length === 0 ? [] : [{ rules, item, run: run?.status }];
  });
  for (const { name, items: counts } of await fixture.get(BranchesReader).list(planId)) {
    const open = items.filter((item) => item.branch === name && item.status !== 'complete' && !item.awaits).length;
    if (counts.open !== open) broken.push({ branch: name, open, counted: counts.open });
  }
  // A branch never sees another's later work: what it shares is complete, and fixed for ever.
  const shares = await fixture.query<{ branch: string; shared: string; open: number }>(SHARES, [planId]);
  for (const { branch, shared, open } of shares) {
    if (!sequence.shares.has(branch)) sequence.shares.set(branch, shared);
    const first = sequence.shares.get(branch);
    if (shared !== first || open > 0) broken.push({ branch, shared, first, open });
  }
  expect({ done: sequence.done.join(', '), broken }).toEqual({ done: sequence.done.join(', '), broken: [] });
}

/** @param unheard whether something was told of its run that nobody has heard yet */
function brokenRules(item: ItemSeen, run: SimulatedRun | undefined, unheard: boolean): string[] {
  const { status } = item;
  const isHandedOut = status === 'queued' || status === 'running';
  const waitsForLore = status === 'blocked' && item.reason_code === 'LORE_NOT_READY';
  const isFree = status === 'pending' || status === 'ready' || waitsForLore;
  const isUnblocked = status === 'pending' && item.pending === item.pending_lore;
  const rules: Record<string, boolean> = {
    'none runs before what it waits for is complete':
      !(isHandedOut || status === 'complete') || (item.waits === 0 && !item.awaits),
    'the count of what it waits for is right':
      item.pending === item.waits + (item.awaits ? 1 : 0) && item.pending_lore === item.waits_lore,
    'what is not wanted any more is not worked on': !(item.effective === 'archived' && isHandedOut),
    'what waits for lore waits for nothing else, and has nothing under way':
      !waitsForLore || (item.waits === item.waits_lore && !isWorking(run)),
    'what was ended has nothing under way of which it will never hear': status !== 'cancelled' || !isWorking(run),
    'none is complete without its artifact': status !== 'complete' || run?.status === 'complete',
    'none is lost: what is handed out is somewhere': !isHandedOut || isWorking(run) || unheard,
    'what can be handed out is': !(((isFree && item.pending === 0) || isUnblocked) && item.effective === 'running'),
  };
  return Object.keys(rules).filter((rule) => !rules[rule]);
}

const isWorking = (run: SimulatedRun | undefined): boolean => run?.status === 'queued' || run?.status === 'running';
