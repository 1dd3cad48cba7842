/** One model call of the book: what it waits for. */
export interface Call {
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
export function callsOfBook(shape: BookShape): Call[] {
  return graphOf(shape, WORLD_DOMAINS, (add, scroll) => {
    const critique = add(add(scroll));
    add(critique);
    add(critique);
  });
}

/** The same with one call for the world and one for a scene, which shows what a queue does apart from the chains of scenes. */
export function callsOfPlainBook(shape: BookShape): Call[] {
  return graphOf(shape, 1, (add, scroll) => add(scroll));
}

type Add = (...after: number[]) => number;

function graphOf(shape: BookShape, worldCalls: number, addScene: (add: Add, scroll: number) => void): Call[] {
  const { chapters, scenesPerChapter, planningPasses } = shape;
  const calls: Call[] = [];
  const add: Add = (...after) => calls.push({ after }) - 1;
  let before = add();
  for (let index = 0; index < worldCalls + planningPasses; index += 1) before = add(before);
  for (let chapter = 0; chapter < chapters; chapter += 1) {
    const scroll = add(add(before));
    for (let scene = 0; scene < scenesPerChapter; scene += 1) addScene(add, scroll);
  }
  return calls;
}

/** Of each call, those that wait for it. */
export function followersOf(calls: readonly Call[]): number[][] {
  const followers: number[][] = calls.map(() => []);
  calls.forEach((call, index) => call.after.forEach((before) => followers[before]!.push(index)));
  return followers;
}

/**
 * When the last call ends if nothing but the calls takes time and a free slot always takes the next call that is ready:
 * list scheduling, in milliseconds.
 */
export function idealMs(calls: Call[], slots: number, latencyMs: number): number {
  const waits = calls.map((call) => call.after.length);
  const followers = followersOf(calls);
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
