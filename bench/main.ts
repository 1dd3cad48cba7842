import { writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { join, resolve } from 'node:path';
import { measureBacklog } from './backlog';
import { drift } from './drift/drift';
import { callsOfBook, idealMs, type BookShape } from './list-schedule';
import { median } from './median';
import type { SeenCall } from './model-server';
import { besidePeer } from './peer/beside-peer';
import { cpuMsOfCall, weave, type Woven } from './weave';

const BOOK: BookShape = { chapters: 20, scenesPerChapter: 10, planningPasses: 2 };
const LONG_BOOK: BookShape = { chapters: 200, scenesPerChapter: 25, planningPasses: 2 };
/** So many short books have as many scenes as the long one. */
const SHORT_BOOKS_OF_A_LONG_ONE = 25;
const SLOTS = 32;
const LATENCY_MS = 50;
/** Nearer to what models take: a call of a small one on hardware of one's own. */
const LONGER_LATENCY_MS = 200;
/** An answer may be on its way to the journal for this long when both cores are busy. */
const UNRECORDED_MS = 50;
/** How many books the processes have written before: code is compiled as it is used, and a service runs for weeks. */
const STATES = [
  { name: 'second book', booksBefore: 1 },
  { name: 'seventh book', booksBefore: 6 },
  { name: 'twentieth book', booksBefore: 19 },
] as const;
/** A kill comes at any time; twenty books before each would take too long. */
const STATES_OF_KILLS = STATES.filter(({ booksBefore }) => booksBefore < 10);
const ROUNDS = Number(process.argv.find((argument) => argument.startsWith('--rounds='))?.slice(9) ?? 3);
const only = process.argv.find((argument) => argument.startsWith('--only='))?.slice(7);
const lines: string[] = [];

function say(line = ''): void {
  lines.push(line);
  console.log(line);
}

const sum = (numbers: number[]): number => numbers.reduce((total, number) => total + number, 0);

async function times<T>(work: () => Promise<T>): Promise<T[]> {
  const results: T[] = [];
  for (let round = 0; round < ROUNDS; round += 1) results.push(await work());
  return results;
}

async function againstIdeal(): Promise<void> {
  say('## Wall time against the ideal list schedule');
  say(
    `${BOOK.chapters} × ${BOOK.scenesPerChapter} scenes, loose, ${SLOTS} calls at once, ${callsOfBook(BOOK).length} calls.`,
  );
  say();
  say('| a call takes, ms | since the processes started | round | wall, ms | wall / ideal | CPU a call, ours, ms |');
  say('|---|---|---|---|---|---|');
  for (const { name, booksBefore } of STATES) await againstIdealOf(LATENCY_MS, name, booksBefore);
  const { name, booksBefore } = STATES[1];
  await againstIdealOf(LONGER_LATENCY_MS, name, booksBefore);
  say();
}

async function againstIdealOf(latencyMs: number, state: string, booksBefore: number): Promise<void> {
  const ideal = idealMs(callsOfBook(BOOK), SLOTS, latencyMs);
  const woven = await times(() => weave({ shape: BOOK, latencyMs, slots: SLOTS, booksBefore }));
  const ratios = woven.map((one) => one.wallMs / ideal);
  woven.forEach((one, index) =>
    say(
      `| ${latencyMs} | ${state} | ${index + 1} | ${one.wallMs.toFixed(0)} | ${ratios[index]!.toFixed(2)} | ${cpuMsOfCall(one).toFixed(2)} |`,
    ),
  );
  say(`| ${latencyMs} | ${state} | **median** | ideal ${ideal} | **${median(ratios).toFixed(2)}** | |`);
}

async function atNoLatency(): Promise<void> {
  say('## Model steps a second at 0 ms');
  const middles: Woven[] = [];
  for (const { name, booksBefore } of STATES) {
    const woven = await times(() => weave({ shape: BOOK, latencyMs: 0, slots: SLOTS, booksBefore }));
    const rates = woven.map((one) => one.calls.length / (one.wallMs / 1000));
    say(`- ${name}: ${rates.map((rate) => rate.toFixed(0)).join(', ')}; median **${median(rates).toFixed(0)}**`);
    middles.push(woven[rates.indexOf(median(rates))]!);
  }
  say();
  say('Where the processor time of a model step goes, in milliseconds (median round):');
  say();
  say(`| process | ${STATES.map(({ name }) => name).join(' | ')} |`);
  say(`|---|${STATES.map(() => '---|').join('')}`);
  const row = (name: string, of: (woven: Woven) => number): void =>
    say(`| ${name} | ${middles.map((woven) => (of(woven) / woven.calls.length).toFixed(3)).join(' | ')} |`);
  const names = Object.entries(middles[0]!.cpuMs).toSorted(([, a], [, b]) => b - a);
  for (const [name] of names) row(name, (woven) => woven.cpuMs[name] ?? 0);
  row('all', (woven) => sum(Object.values(woven.cpuMs)));
  row('commits of PostgreSQL, number', (woven) => woven.commits);
  row('commands of Redis, number', (woven) => woven.redisCommands);
  say();
}

function repeatedAfter(calls: SeenCall[], moment: number): SeenCall[] {
  const before = new Set(calls.filter((call) => call.at < moment).map((call) => call.requestHash));
  return calls.filter((call) => call.at >= moment && before.has(call.requestHash));
}

async function afterKill(sceneWeavers: number): Promise<void> {
  say(`## After kill -9 of ${sceneWeavers === 1 ? 'the only scene weaver' : `one of ${sceneWeavers} scene weavers`}`);
  say();
  say(
    `| since the processes started | round | in flight at the kill | the same and answered in the ${UNRECORDED_MS} ms before | repeated calls | kill → last lost call made again, ms | restart → the same, ms |`,
  );
  say('|---|---|---|---|---|---|---|');
  for (const { name, booksBefore } of STATES_OF_KILLS) {
    const woven = await times(() =>
      weave({ shape: BOOK, latencyMs: LATENCY_MS, slots: SLOTS, killAfterCalls: 300, sceneWeavers, booksBefore }),
    );
    woven.forEach((one, index) => say(`| ${name} | ${index + 1} | ${repetitionsOf(one).join(' | ')} |`));
  }
  say();
}

/** In flight at the kill; the same and answered shortly before; repeated; and how long it took, from kill and restart. */
function repetitionsOf({ calls, killedAt = 0, restartedAt = 0 }: Woven): string[] {
  const begun = calls.filter((call) => call.at <= killedAt);
  const unanswered = (since: number): number => begun.filter((call) => (call.answeredAt ?? Infinity) > since).length;
  const again = repeatedAfter(calls, killedAt);
  const last = Math.max(...again.map((call) => call.at), killedAt);
  const counts = [unanswered(killedAt), unanswered(killedAt - UNRECORDED_MS), again.length];
  return [...counts, last - killedAt, Math.max(0, last - restartedAt)].map((number) => number.toFixed(0));
}

/** What a process holds depends on how much it has done; by how long a book is, it must not. */
async function memory(): Promise<void> {
  const short = await weave({ shape: BOOK, latencyMs: 0, slots: SLOTS });
  const many = await weave({ shape: BOOK, latencyMs: 0, slots: SLOTS, booksBefore: SHORT_BOOKS_OF_A_LONG_ONE - 1 });
  const long = await weave({ shape: LONG_BOOK, latencyMs: 0, slots: SLOTS });
  const scenes = LONG_BOOK.chapters * LONG_BOOK.scenesPerChapter;
  say('## Resident memory, MB');
  say();
  say(
    `| process | after two books of 200 scenes | after ${SHORT_BOOKS_OF_A_LONG_ONE} of them | after one of them and one of ${scenes} scenes |`,
  );
  say('|---|---|---|---|');
  for (const name of Object.keys(short.residentMb)) {
    if (name === 'model server') continue;
    say(`| ${[name, ...[short, many, long].map(({ residentMb }) => residentMb[name]!.toFixed(0))].join(' | ')} |`);
  }
  say();
  say(
    `The long book: ${long.calls.length} calls in ${(long.wallMs / 1000).toFixed(1)} s, ${(long.calls.length / (long.wallMs / 1000)).toFixed(0)} a second.`,
  );
  say();
}

async function backlog(): Promise<void> {
  const [small, large] = await measureBacklog([200, 20_000]);
  say('## The backlog of a plan, at the database');
  say();
  say(`| | ${small!.items} items, ms | ${large!.items} items, ms |`);
  say('|---|---|---|');
  small!.asked.forEach(({ what, ms }, n) => say(`| ${what} | ${ms.toFixed(2)} | ${large!.asked[n]!.ms.toFixed(2)} |`));
  say(`| to finish an item | ${small!.finishMs.toFixed(2)} | ${large!.finishMs.toFixed(2)} |`);
  say();
  for (const { what, plan } of large!.asked) say(['```', `-- ${what}`, ...plan, '```', ''].join('\n'));
}

const PARTS: Record<string, () => Promise<void>> = {
  ideal: againstIdeal,
  rate: atNoLatency,
  kill: () => afterKill(1),
  'kill-one-of-two': () => afterKill(2),
  peer: () =>
    besidePeer({ shape: BOOK, slots: SLOTS, latencyMs: LATENCY_MS, booksBefore: STATES[1].booksBefore, times }, say),
  memory,
  backlog,
  drift: () => drift(resolve(__dirname, '..', '..'), say),
};

async function bench(): Promise<void> {
  say(`Measured on ${cpus().length} cores (${cpus()[0]?.model}), Node ${process.version}, everything on one machine.`);
  say();
  for (const [name, part] of Object.entries(PARTS))
    if (only === undefined || only.split(',').includes(name)) await part();
  if (process.argv.includes('--write'))
    await writeFile(join(resolve(__dirname, '..', '..'), 'bench', 'last-run.md'), `${lines.join('\n')}\n`);
}

bench().then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
