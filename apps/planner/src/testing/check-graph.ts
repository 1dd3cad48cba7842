import { BranchesReader } from '../branches/branches.reader';
import type { PlannerFixture } from './planner-fixture';
import type { SimulatedRun } from './simulated-runs';

interface Sequence {
  /** What was done to the plan so far. */
  done: string[];
  /** What each branch was seen to share first. */
  shares: Map<string, string>;
}

/** What holds of the graph of a plan, whatever is done to it. */
export async function checkGraph(fixture: PlannerFixture, planId: string, sequence: Sequence): Promise<void> {
  const rows = await fixture.query<{
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
  }>(
    `SELECT i.id, i.run_id, i.branch, i.status, i.reason_code, i.pending, i.pending_lore, i.awaits_release AS awaits,
       (SELECT count(*)::int FROM dependencies d JOIN items o ON o.id = d.depends_on
        WHERE d.item_id = i.id AND o.status <> 'complete' AND o.phase = 'lore') AS waits_lore,
       (SELECT count(*)::int FROM dependencies d JOIN items o ON o.id = d.depends_on
        WHERE d.item_id = i.id AND o.status <> 'complete') AS waits,
       CASE WHEN p.primary_branch = b.name OR p.status = 'paused' THEN p.status ELSE b.status END AS effective
     FROM items i JOIN plans p ON p.id = i.plan_id JOIN branches b ON b.plan_id = i.plan_id AND b.name = i.branch
     WHERE i.plan_id = $1`,
    [planId],
  );
  const unheard = new Set(fixture.runs.events.map((event) => event.runId));
  for (const row of rows) {
    const told = { ...row, done: sequence.done.join(', ') };
    const run = fixture.runs.runs.get(row.run_id);
    // No item runs before what it waits for is complete, and the count of what it waits for is right.
    if (['queued', 'running', 'complete'].includes(row.status)) {
      expect({ ...told, waits: 0, awaits: false }).toEqual(told);
    }
    const pending = row.waits + (row.awaits ? 1 : 0);
    expect({ ...told, pending, pending_lore: row.waits_lore }).toEqual(told);
    // What is not wanted any more is not worked on, whoever asks for it.
    const unwanted = row.effective === 'archived' && (row.status === 'queued' || row.status === 'running');
    expect({ told, unwanted }).toEqual({ told, unwanted: false });
    // What waits for lore waits for nothing else, has nothing under way, and is not forgotten when the lore is there.
    const waitsForLore = row.status === 'blocked' && row.reason_code === 'LORE_NOT_READY';
    if (waitsForLore) {
      const only = row.waits === row.waits_lore;
      expect({ told, only, working: isWorking(run) }).toEqual({ told, only: true, working: false });
    }
    // What was ended has nothing under way of which it will never hear.
    if (row.status === 'cancelled') expect({ told, working: isWorking(run) }).toEqual({ told, working: false });
    // None is complete without its artifact, and none twice.
    if (row.status === 'complete') expect({ told, status: run?.status }).toEqual({ told, status: 'complete' });
    expect(fixture.runs.completions.get(row.run_id) ?? 0).toBeLessThanOrEqual(1);
    // None is lost: what is handed out is somewhere, and what can be handed out is.
    if (row.status === 'queued' || row.status === 'running') {
      const somewhere = isWorking(run) || unheard.has(row.run_id);
      expect({ told, somewhere }).toEqual({ told, somewhere: true });
    }
    const free = ['pending', 'ready'].includes(row.status) || waitsForLore;
    const unblocked = row.status === 'pending' && row.pending === row.pending_lore;
    const idle = ((free && row.pending === 0) || unblocked) && row.effective === 'running';
    expect({ told, idle }).toEqual({ told, idle: false });
  }
  for (const { name, items } of await fixture.get(BranchesReader).list(planId)) {
    const own = rows.filter((row) => row.branch === name && row.status !== 'complete' && !row.awaits);
    expect({ name, open: items.open, done: sequence.done.join(', ') }).toEqual({
      name,
      open: own.length,
      done: sequence.done.join(', '),
    });
  }
  // A branch never sees another's later work: what it shares is complete, and fixed for ever.
  const shares = await fixture.query<{ branch: string; shared: string; open: number }>(
    `SELECT s.branch, string_agg(s.item_id, ' ' ORDER BY s.item_id) AS shared,
       count(*) FILTER (WHERE i.status <> 'complete' OR i.branch = s.branch)::int AS open
     FROM shared_items s JOIN items i ON i.id = s.item_id WHERE s.plan_id = $1 GROUP BY s.branch`,
    [planId],
  );
  for (const { branch, shared, open } of shares) {
    if (!sequence.shares.has(branch)) sequence.shares.set(branch, shared);
    expect({ branch, shared, open }).toEqual({ branch, shared: sequence.shares.get(branch), open: 0 });
  }
}

const isWorking = (run: SimulatedRun | undefined): boolean => run?.status === 'queued' || run?.status === 'running';
