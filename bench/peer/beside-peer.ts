import { callsOfBook, callsOfPlainBook, idealMs, type BookShape } from '../list-schedule';
import { median } from '../median';
import { cpuMsOfCall, weave } from '../weave';
import { weaveByHand, type WovenByHand } from './weave-by-hand';

export interface BesidePeerOptions {
  shape: BookShape;
  slots: number;
  latencyMs: number;
  booksBefore: number;
  /** Does it once for each round. */
  times: <T>(work: () => Promise<T>) => Promise<T[]>;
}

/** One round: the peer's book, its plain book, and then ours. */
interface Turn {
  peer: WovenByHand;
  plain: WovenByHand;
  ours: WovenByHand;
}

type Figure = (woven: WovenByHand) => number;

const rate: Figure = ({ callsASecond }) => callsASecond;
const cpu: Figure = ({ cpuMsOfCall }) => cpuMsOfCall;

/** Our system and the same calls made by hand, in turns, so that what the machine does to one it does to the other. */
export async function besidePeer(options: BesidePeerOptions, say: (line?: string) => void): Promise<void> {
  const { shape, slots, latencyMs, booksBefore, times } = options;
  const plain = callsOfPlainBook(shape);
  const overIdeal =
    (ideal: number): Figure =>
    (woven) =>
      woven.wallMs / ideal;
  const turns = await times(async () => ({ fast: await turn(options, 0), slow: await turn(options, latencyMs) }));
  const fast = turns.map((one) => one.fast);
  const slow = turns.map((one) => one.slow);

  const row = (what: string, figures: number[], digits = 2): void =>
    say(`| ${[what, ...[...figures, median(figures)].map((figure) => figure.toFixed(digits))].join(' | ')} |`);
  const both = (what: string, of: Turn[], figure: Figure, digits?: number): void => {
    const peer = of.map((one) => figure(one.peer));
    const ours = of.map((one) => figure(one.ours));
    row(`${what}: peer`, peer, digits);
    row(`${what}: ours`, ours, digits);
    row(
      `${what}: ours / peer`,
      ours.map((one, index) => one / peer[index]!),
    );
  };
  const ofPlain = (what: string, of: Turn[], figure: Figure, digits?: number): void =>
    row(
      `${what}, ${plain.length} calls: peer`,
      of.map((one) => figure(one.plain)),
      digits,
    );

  say('## Beside a peer written by hand');
  say();
  say(`Bull and a row for each call, against ours, in turns; ${booksBefore} books before by each.`);
  say();
  say(`| | ${[...turns.map((_, index) => `round ${index + 1}`), 'median'].join(' | ')} |`);
  say(`|---|${turns.map(() => '---|').join('')}---|`);
  both('calls a second at 0 ms', fast, rate, 0);
  both('CPU a call at 0 ms, ms', fast, cpu);
  both(`CPU a call at ${latencyMs} ms, ms`, slow, cpu);
  both(`wall / ideal at ${latencyMs} ms`, slow, overIdeal(idealMs(callsOfBook(shape), slots, latencyMs)));
  ofPlain('calls a second at 0 ms', fast, rate, 0);
  ofPlain('CPU a call at 0 ms, ms', fast, cpu);
  ofPlain(`CPU a call at ${latencyMs} ms, ms`, slow, cpu);
  ofPlain(`wall / ideal at ${latencyMs} ms`, slow, overIdeal(idealMs(plain, slots, latencyMs)));
  say();
}

async function turn({ shape, slots, booksBefore }: BesidePeerOptions, latencyMs: number): Promise<Turn> {
  const book = callsOfBook(shape);
  const before = Array.from({ length: booksBefore }, () => book);
  const books = [book, callsOfPlainBook(shape)];
  const [peer, plain] = await weaveByHand({ latencyMs, slots, before, books });
  const woven = await weave({ shape, latencyMs, slots, booksBefore });
  const callsASecond = woven.calls.length / (woven.wallMs / 1000);
  return { peer: peer!, plain: plain!, ours: { wallMs: woven.wallMs, callsASecond, cpuMsOfCall: cpuMsOfCall(woven) } };
}
