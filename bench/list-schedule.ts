/** One model call of the book: what it waits for. */
interface Call {
  after: number[];
}

export interface BookShape {
  chapters: number;
  scenesPerChapter: number;
  planningPasses: number;
}

/** Calls of a scene: draft, critique, then reflect and summarise side by side. */
export const CALLS_PER_SCENE = 4;
const WORLD_DOMAINS = 6;

/** The calls a `loose` book cannot do without, with what each must wait for. */
export function callsOfBook({ chapters, scenesPerChapter, planningPasses }: BookShape): Call[] {
  const calls: Call[] = [];
  const add = (...after: number[]): number => calls.push({ after }) - 1;
  let before = add();
  for (let index = 0; index < WORLD_DOMAINS + planningPasses; index += 1) before = add(before);
  for (let chapter = 0; chapter < chapters; chapter += 1) {
    const scroll = add(add(before));
    for (let scene = 0; scene < scenesPerChapter; scene += 1) {
      const critique = add(add(scroll));
      add(critique);
      add(critique);
    }
  }
  return calls;
}

/**
 * When the last call ends if nothing but the calls takes time and a free slot always takes the next call that is ready:
 * list scheduling, in milliseconds.
 */
export function idealMs(calls: Call[], slots: number, latencyMs: number): number {
  const waits = calls.map((call) => call.after.length);
  const followers: number[][] = calls.map(() => []);
  calls.forEach((call, index) => call.after.forEach((before) => followers[before]!.push(index)));
  let ready = calls.flatMap((_, index) => (waits[index] === 0 ? [index] : []));
  let rounds = 0;
  // All calls take the same time, so the schedule moves in rounds.
  while (ready.length > 0) {
    rounds += 1;
    const running = ready.slice(0, slots);
    const next = ready.slice(slots);
    for (const index of running) {
      for (const follower of followers[index]!) if (--waits[follower]! === 0) next.push(follower);
    }
    ready = next;
  }
  return rounds * latencyMs;
}
