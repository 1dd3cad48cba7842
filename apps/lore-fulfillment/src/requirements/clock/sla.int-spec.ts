import { blockLore, holdLore, readLore, waiveLore, type LoreTerms } from '@fiction/contracts';
import { Database } from '@fiction/platform';
import { getQueueToken } from '@nestjs/bull';
import { ScriptedModel, until } from '@fiction/testing';
import type { Queue } from 'bull';
import { LoreFixture, WRITER } from '../../testing/lore-fixture';
import { HeldClocks } from './held-clocks';

const AFTER_SLA: Partial<LoreTerms> = { policy: 'after-sla', slaSeconds: 60 };
const model = new ScriptedModel(({ task, material }) => {
  if (task !== 'lore.draft') return { verdict: 'consistent', contradictions: [] };
  const { name } = material.need as { name: string };
  const facts = [{ statement: 'It was there before.', from: '0.0', until: null }];
  return { name, aliases: [], summary: `${name} is there.`, facts, relations: [] };
});

let lore: LoreFixture;
beforeAll(async () => {
  lore = await LoreFixture.start(model, 4);
});
afterAll(() => lore.service.stop());

async function blocked(id: string, terms: Partial<LoreTerms>): Promise<void> {
  await lore.declare('p', [{ requirementId: id }], { terms });
  await lore.block('p', id);
}
const breaches = async (id: string) =>
  (
    await lore.service.query<{ n: number }>(
      'SELECT count(*)::int AS n FROM requirement_events WHERE requirement_id = $1 AND sla_breached',
      [id],
    )
  )[0]!.n;
const wakesOf = (id: string) => lore.wakes.filter((wake) => wake.requirementId === id).map((wake) => wake.because);
/** A metric with a label, over all replicas. */
async function metric(name: string, label: string): Promise<number> {
  const pages = await Promise.all(
    lore.service.replicas.map(async (replica) => (await fetch(`${await replica.getUrl()}/metrics`)).text()),
  );
  const lines = pages.flatMap((page) => page.split('\n'));
  return lines
    .filter((line) => line.startsWith(`${name}{`) && line.includes(label))
    .reduce((sum, line) => sum + Number(line.split(' ').at(-1)), 0);
}

it('fires on time and not before, once with four replicas, and the run goes on from there', async () => {
  await blocked('timely', AFTER_SLA);
  expect(await lore.status('timely')).toBe('blocked');
  lore.clock.advance(59_999);
  await lore.fire();
  expect([await breaches('timely'), wakesOf('timely')]).toEqual([0, []]);
  lore.clock.advance(1);
  await Promise.all([lore.fire(), lore.fire(), lore.fire()]);
  const wake = await lore.woken('timely', 'sla');
  expect(wake).toMatchObject({ planId: 'p', branch: 'main', kind: 'entry', source: 'automation' });
  expect(await breaches('timely')).toBe(1);
  expect(await lore.status('timely')).toBe('requested');
  await lore.service.runEnded(await lore.fulfil('p', 'timely'));
  await lore.fire();
  expect(wakesOf('timely')).toEqual(['sla']);
  expect(await lore.told('timely', 6)).toMatchObject([
    { from: null, to: 'planned' },
    { from: 'planned', to: 'blocked', note: expect.stringContaining('item:scene:of-timely waits for it') },
    { from: 'blocked', to: 'requested', slaBreached: true, note: 'something has waited for it for more than 60 s' },
    { from: 'requested', to: 'requested', runId: 'fiction:lore:timely' },
    { from: 'requested', to: 'drafted' },
    { from: 'drafted', to: 'ready', slaBreached: false },
  ]);
});

it('fires by itself: no process has to be told', async () => {
  await blocked('by-itself', AFTER_SLA);
  lore.clock.advance(60_000);
  await lore.woken('by-itself', 'sla');
});

it('forgets nothing when every process ends, and Redis is emptied, before the time has come', async () => {
  await blocked('restarted', AFTER_SLA);
  await lore.service.replicas[0]!.get<Queue>(getQueueToken('lore'), { strict: false }).obliterate({ force: true });
  const old = lore.service.replicas.splice(0);
  await Promise.all(old.map((replica) => replica.close()));
  lore.clock.advance(60_000);
  for (let count = 0; count < 4; count += 1) await lore.service.addReplica();
  await lore.woken('restarted', 'sla');
  await lore.fire();
  expect(await breaches('restarted')).toBe(1);
});

it.each(['immediate', 'manual'] as const)('with policy %s takes down the breach and starts nothing', async (policy) => {
  const id = `late-${policy}`;
  await blocked(id, { policy, slaSeconds: 30 });
  lore.clock.advance(30_000);
  await lore.fire();
  expect(await lore.status(id)).toBe('blocked');
  expect([await breaches(id), wakesOf(id)]).toEqual([1, []]);
});

it('counts the wait of what is requested already, and keeps the breach when it is fulfilled after all', async () => {
  await lore.declare('p', [{ requirementId: 'slow' }], { terms: { policy: 'immediate', slaSeconds: 10 } });
  lore.refusals = 1_000;
  const runId = await lore.fulfil('p', 'slow');
  await until('it is requested', async () => (await lore.status('slow')) === 'requested');
  await lore.block('p', 'slow');
  expect(await lore.status('slow')).toBe('requested');
  const before = await metric('fiction_lore_breaches_total', 'policy="immediate"');
  lore.clock.advance(10_000);
  await lore.fire();
  lore.refusals = 0;
  expect(await lore.service.runEnded(runId)).toMatchObject({ status: 'complete' });
  const [row] = await lore.service.query(
    'SELECT status, breached_at IS NOT NULL AS breached FROM requirements WHERE id = $1',
    ['slow'],
  );
  expect(row).toEqual({ status: 'ready', breached: true });
  expect(await metric('fiction_lore_breaches_total', 'policy="immediate"')).toBe(before + 1);
  expect(await metric('fiction_lore_fulfilment_seconds_count', 'policy="immediate"')).toBeGreaterThan(0);
});

it('starts the clock with the first that waits; a wait that is heard of before the requirement counts as well', async () => {
  const wait = { planId: 'p', branch: 'main', itemId: 'item:scroll:x', requirementIds: ['overtaken'] };
  await lore.service.publish(blockLore, wait);
  await until('the wait is known', async () => {
    const asked = 'SELECT 1 FROM requirement_waits WHERE requirement_id = $1';
    return (await lore.service.query(asked, ['overtaken'])).length > 0;
  });
  await lore.declare('p', [{ requirementId: 'overtaken' }]);
  await until('it is blocked', async () => (await lore.status('overtaken')) === 'blocked');
  const due = () => lore.service.query('SELECT due_at FROM requirements WHERE id = $1', ['overtaken']);
  const first = await due();
  lore.clock.advance(1_000);
  await lore.block('p', 'overtaken');
  await lore.service.publish(blockLore, wait);
  expect(await due()).toEqual(first);
});

it('shows how many there are of each status', async () => {
  expect(await metric('fiction_lore_requirements', 'status="ready"')).toBeGreaterThan(0);
});

describe('while its plan or branch is paused', () => {
  const declared = async (planId: string, id: string): Promise<void> => {
    await lore.declare(planId, [{ requirementId: id }], { terms: AFTER_SLA });
    await lore.block(planId, id);
  };
  const held = async (planId: string, number: number, branches: string[]): Promise<void> => {
    await lore.service.publish(holdLore, { planId, number, held: branches });
    await until('that is known', async () => {
      const known = 'SELECT 1 FROM plan_holds WHERE plan_id = $1 AND number = $2';
      return (await lore.service.query(known, [planId, number])).length > 0;
    });
  };

  it('a clock stands still, fires nothing and has its time left afterwards; the timeline says so', async () => {
    await declared('held', 'held');
    lore.clock.advance(20_000);
    await held('held', 1, ['main']);
    lore.clock.advance(3_600_000);
    await lore.fire();
    expect([await lore.status('held'), await breaches('held'), wakesOf('held')]).toEqual(['blocked', 0, []]);
    await held('held', 2, []);
    lore.clock.advance(39_999);
    await lore.fire();
    expect(await breaches('held')).toBe(0);
    lore.clock.advance(1);
    await lore.fire();
    await lore.woken('held', 'sla');
    expect(await lore.told('held', 5)).toMatchObject([
      { to: 'planned' },
      { from: 'planned', to: 'blocked' },
      { from: 'blocked', to: 'blocked', note: 'its clock is stopped while its plan or branch is' },
      {
        from: 'blocked',
        to: 'blocked',
        note: expect.stringMatching(/^its clock continues; due by 20/),
        source: 'automation',
      },
      { from: 'blocked', to: 'requested', slaBreached: true },
    ]);
  });

  it('word of a pause that is older than what is known changes nothing', async () => {
    await declared('late', 'late');
    await held('late', 3, []);
    // Not over the bus: what one replica hears tells nothing of when the other does.
    const [replica] = lore.service.replicas;
    const clocks = replica!.get(HeldClocks, { strict: false });
    const older = { planId: 'late', number: 2, held: ['main'] };
    await replica!.get(Database, { strict: false }).transaction((uow) => clocks.hold(uow, older));
    lore.clock.advance(60_000);
    await lore.fire();
    expect(await breaches('late')).toBe(1);
  });

  it('what starts to wait meanwhile has all of its time; what is waived meanwhile is not late; other branches go on', async () => {
    await declared('mixed', 'waived');
    await lore.service.forked({ planId: 'mixed', branch: 'alt', runIds: ['fiction:vision:test'] });
    await lore.block('mixed', 'waived', 'alt');
    await held('mixed', 1, ['main']);
    lore.clock.advance(30_000);
    await declared('mixed', 'begun');
    lore.clock.advance(70_000);
    await lore.fire();
    expect([await lore.status('waived'), await lore.status('waived', 'alt')]).toEqual(['blocked', 'requested']);
    const which = { planId: 'mixed', requirementId: 'waived' };
    await lore.service.ask(waiveLore, { ...which, ...WRITER, note: 'It is meant.' });
    expect(await lore.service.ask(readLore, which)).toMatchObject({ status: 'ready', breached: false });
    await held('mixed', 2, []);
    lore.clock.advance(59_999);
    await lore.fire();
    expect(await breaches('begun')).toBe(0);
    lore.clock.advance(1);
    await lore.fire();
    expect(await breaches('begun')).toBe(1);
  });
});
