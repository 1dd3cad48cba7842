import { setFlagsFromString } from 'node:v8';

/**
 * By how many per cent V8 lets what has grown old grow before it is looked through again. By itself V8 allows up to four times
 * as much while there is work and the machine has room: a scene weaver that holds 60 MB then takes 410 after 5,000 scenes, and
 * 260 with this, for no processor time that could be measured (docs/benchmarks.md).
 */
const GROWTH_PERCENT = 40;

/** Keeps the process as large as what it holds. A version of V8 that does not know the setting goes on without it. */
export function keepHeapModest(): void {
  setFlagsFromString(`--heap-growing-percent=${GROWTH_PERCENT}`);
}
