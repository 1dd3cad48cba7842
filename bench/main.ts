import { writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { join, resolve } from 'node:path';
import { callsOfBook, idealMs, type BookShape } from './list-schedule';
import { weave, type SeenCall, type Woven } from './weave';

const BOOK: BookShape = { chapters: 20, scenesPerChapter: 10, planningPasses: 2 };
const LONG_BOOK: BookShape = { chapters: 200, scenesPerChapter: 25, planningPasses: 2 };
const SLOTS = 32;
const LATENCY_MS = 50;
/** An answer may be on its way to the journal for this long when both cores are busy. */
const UNRECORDED_MS = 50;
const ROUNDS = Number(process.argv.find((argument) => argument.startsWith('--rounds='))?.slice(9) ?? 3);
const only = process.argv.find((argument) => argument.startsWith('--only='))?.slice(7);
const lines: string[] = [];

function say(line = ''): void {
  lines.push(line);
  console.log(line);
}

const median = (numbers: number[]): number => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)]!;
const sum = (numbers: number[]): number => numbers.reduce((total, number) => total + number, 0);

/** All processes but the model server, which stands for somebody else's machine. */
const ownCpuMs = (woven: Woven): number =>
  sum(Object.entries(woven.cpuMs).flatMap(([name, ms]) => (name === 'model server' ? [] : [ms])));

async function times<T>(work: () => Promise<T>): Promise<T[]> {
  const results: T[] = [];
  for (let round = 0; round < ROUNDS; round += 1) results.push(await work());
  return results;
}

async function againstIdeal(): Promise<void> {
  const ideal = idealMs(callsOfBook(BOOK), SLOTS, LATENCY_MS);
  const woven = await times(() => weave({ shape: BOOK, latencyMs: LATENCY_MS, slots: SLOTS }));
  const ratios = woven.map((one) => one.wallMs / ideal);
  say('## Wall time against the ideal list schedule');
  say(
    `${BOOK.chapters} × ${BOOK.scenesPerChapter} scenes, loose, ${LATENCY_MS} ms a call, ${SLOTS} calls at once, ${callsOfBook(BOOK).length} calls; ideal ${ideal} ms.`,
  );
  say();
  say('| round | wall, ms | wall / ideal | CPU a call, all our processes, ms | model server, ms |');
  say('|---|---|---|---|---|');
  woven.forEach((one, index) =>
    say(
      `| ${index + 1} | ${one.wallMs.toFixed(0)} | ${ratios[index]!.toFixed(2)} | ${(ownCpuMs(one) / one.calls.length).toFixed(2)} | ${((one.cpuMs['model server'] ?? 0) / one.calls.length).toFixed(2)} |`,
    ),
  );
  say();
  say(`Median wall / ideal: **${median(ratios).toFixed(2)}** (target ≤ 1.10).`);
  say();
}

async function atNoLatency(): Promise<void> {
  const woven = await times(() => weave({ shape: BOOK, latencyMs: 0, slots: SLOTS }));
  const rates = woven.map((one) => one.calls.length / (one.wallMs / 1000));
  say('## Model steps a second at 0 ms');
  say(`${rates.map((rate) => rate.toFixed(0)).join(', ')}; median **${median(rates).toFixed(0)}** (target ≥ 500).`);
  say();
  say('Where the processor time of a model step goes, in milliseconds (median round):');
  say();
  say('| process | ms a model step |');
  say('|---|---|');
  const middle = woven[rates.indexOf(median(rates))]!;
  for (const [name, ms] of Object.entries(middle.cpuMs).toSorted(([, a], [, b]) => b - a)) {
    say(`| ${name} | ${(ms / middle.calls.length).toFixed(3)} |`);
  }
  say(`| all | ${(sum(Object.values(middle.cpuMs)) / middle.calls.length).toFixed(3)} |`);
  say();
  const per = (count: number): string => (count / middle.calls.length).toFixed(2);
  say(`Commits of PostgreSQL a model step: ${per(middle.commits)}; commands of Redis: ${per(middle.redisCommands)}.`);
  say();
}

function repeatedAfter(calls: SeenCall[], moment: number): SeenCall[] {
  const before = new Set(calls.filter((call) => call.at < moment).map((call) => call.requestHash));
  return calls.filter((call) => call.at >= moment && before.has(call.requestHash));
}

async function afterKill(sceneWeavers: number): Promise<void> {
  const woven = await times(() =>
    weave({ shape: BOOK, latencyMs: LATENCY_MS, slots: SLOTS, killAfterCalls: 300, sceneWeavers }),
  );
  say(`## After kill -9 of ${sceneWeavers === 1 ? 'the only scene weaver' : `one of ${sceneWeavers} scene weavers`}`);
  say();
  say(
    `| round | in flight at the kill | the same and answered in the ${UNRECORDED_MS} ms before | repeated calls | kill → last lost call made again, ms | restart → the same, ms |`,
  );
  say('|---|---|---|---|---|---|');
  woven.forEach((one, index) => {
    const killedAt = one.killedAt!;
    const inFlight = one.calls.filter((call) => call.at <= killedAt && (call.answeredAt ?? Infinity) > killedAt).length;
    const unrecorded = one.calls.filter(
      (call) => call.at <= killedAt && (call.answeredAt ?? Infinity) > killedAt - UNRECORDED_MS,
    ).length;
    const again = repeatedAfter(one.calls, killedAt);
    const last = Math.max(...again.map((call) => call.at), killedAt);
    say(
      `| ${index + 1} | ${inFlight} | ${unrecorded} | ${again.length} | ${(last - killedAt).toFixed(0)} | ${Math.max(0, last - one.restartedAt!).toFixed(0)} |`,
    );
  });
  say();
}

async function memory(): Promise<void> {
  const short = await weave({ shape: BOOK, latencyMs: 0, slots: SLOTS });
  const long = await weave({ shape: LONG_BOOK, latencyMs: 0, slots: SLOTS });
  say('## Resident memory, MB');
  say();
  say(`| process | after 200 scenes | after ${LONG_BOOK.chapters * LONG_BOOK.scenesPerChapter} scenes |`);
  say('|---|---|---|');
  for (const name of Object.keys(short.residentMb)) {
    if (name === 'model server') continue;
    say(`| ${name} | ${short.residentMb[name]!.toFixed(0)} | ${long.residentMb[name]!.toFixed(0)} |`);
  }
  say();
  say(
    `The long book: ${long.calls.length} calls in ${(long.wallMs / 1000).toFixed(1)} s, ${(long.calls.length / (long.wallMs / 1000)).toFixed(0)} a second.`,
  );
  say();
}

const PARTS: Record<string, () => Promise<void>> = {
  ideal: againstIdeal,
  rate: atNoLatency,
  kill: () => afterKill(1),
  'kill-one-of-two': () => afterKill(2),
  memory,
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
